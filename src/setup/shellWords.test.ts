import { expect, test } from 'vitest';
import { splitShellWords } from './shellWords.mjs';

test.each([
  ['', []],
  ['  ', []],
  ['--a --b=c', ['--a', '--b=c']],
  ['--a="b c" d', ['--a=b c', 'd']],
  [`'it''s' "a \\"quoted\\" word"`, ['its', 'a "quoted" word']],
  ['a\\ b c', ['a b', 'c']],
  [`'back\\slash'`, ['back\\slash']],
  ['--x=""', ['--x=']],
])('%s', (text, words) => expect(splitShellWords(text)).toEqual(words));
