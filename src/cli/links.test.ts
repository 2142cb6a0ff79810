import { expect, test } from 'vitest';
import { goldenV1 } from '../core/contract/golden';
import { LOCAL_PAGE, shareLink } from './links';

test('a link to the local page says when it opens; one to a published page need not', () => {
  const local = shareLink(goldenV1(), LOCAL_PAGE);
  expect(local.url).toMatch(/^http:\/\/localhost:4173\/#/);
  expect(local.notes[0]).toMatch(/npm start.*--page-url/);
  expect(shareLink(goldenV1(), 'https://lab.example/').notes.join()).not.toMatch(/npm start/);
});
