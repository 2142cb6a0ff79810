import { isLink } from '../../report/link';

export const VIEWS = ['batch', 'fusion', 'environment', 'history'] as const;
export type View = (typeof VIEWS)[number];

/** Where the page is. A `shared` route carries a whole result in its payload. */
export type Route =
  | { readonly at: 'view'; readonly view: View }
  | { readonly at: 'shared'; readonly payload: string };

/** @param hash `location.hash`; anything unknown is the first view. */
export function parseRoute(hash: string): Route {
  if (isLink(hash)) return { at: 'shared', payload: hash };
  const name = hash.replace(/^#\/?/, '');
  return { at: 'view', view: VIEWS.find((view) => view === name) ?? 'batch' };
}

export function viewHref(view: View): string {
  return `#/${view}`;
}
