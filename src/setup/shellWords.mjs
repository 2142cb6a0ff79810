/**
 * Splits like a shell does: spaces separate, single and double quotes group, a backslash takes the next
 * character as it is (outside single quotes).
 * @param {string} text
 * @returns {string[]}
 */
export function splitShellWords(text) {
  const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs,
      (_, escaped, double, single) => escaped ?? single ?? double.replace(/\\(.)/gs, '$1'),
    ),
  );
}
