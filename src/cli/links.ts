import type { RunResult } from '../core/contract';
import { linkFor } from '../report';

/** Where `npm start` shows the page. */
export const LOCAL_PAGE = 'http://localhost:4173/';

/** A result's link, and what its reader should know about it. */
export function shareLink(
  result: RunResult,
  pageUrl: string,
): { readonly url: string; readonly notes: string[] } {
  const { url, note } = linkFor(result, pageUrl);
  const where =
    pageUrl === LOCAL_PAGE ? 'It opens while `npm start` runs here; --page-url for a published page.' : null;
  return { url, notes: [where, note].filter((line) => line != null) };
}
