// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text from a user (a model's name, an error of a runtime) with everything replaced that would steer a
 * terminal, break a line or reverse the direction of reading.
 */
export function plain(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}
