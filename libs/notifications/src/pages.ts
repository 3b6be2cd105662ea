import type { Text } from '#libs/kernel';

interface Page {
  readonly path: string;
  /** What a link to it says. */
  readonly open: Text;
}

/** Where the page of a thing lies, by the kind of its stream. A domain that reminds adds its line here. */
const PAGES: ReadonlyMap<string, Page> = new Map([
  ['order', { path: 'orders', open: { sv: 'Öppna beställningen', en: 'Open the order' } }],
  ['obligation', { path: 'obligations', open: { sv: 'Öppna rekommendationen', en: 'Open the obligation' } }],
  ['action', { path: 'actions', open: { sv: 'Öppna åtgärden', en: 'Open the action' } }],
  ['reply', { path: 'replies', open: { sv: 'Öppna yttrandet', en: 'Open the reply' } }],
  ['agreement', { path: 'agreements', open: { sv: 'Öppna överenskommelsen', en: 'Open the agreement' } }],
  ['delegated-decision', { path: 'delegated-decisions', open: { sv: 'Öppna delegationsbeslutet', en: 'Open the delegated decision' } }],
  ['meeting', { path: 'meetings', open: { sv: 'Öppna sammanträdet', en: 'Open the meeting' } }],
  ['responsibility-watch', { path: 'responsibilities/rules', open: { sv: 'Öppna ansvarsregeln', en: 'Open the responsibility rule' } }],
]);

export interface Link {
  readonly url: string;
  /** What it says. */
  readonly open: Text;
}

/** A link to the thing that a stream is about, by its id alone; to the first page where the thing has none. */
export const linkTo = (baseUrl: string, stream: string): Link => {
  const [, kind = '', id = ''] = /^(.+)-([0-9a-f-]{36})$/.exec(stream) ?? [];
  const page = PAGES.get(kind);
  const base = baseUrl.replace(/\/+$/, '');
  return page ? { url: `${base}/${page.path}/${id}`, open: page.open } : { url: `${base}/`, open: { sv: 'Öppna Uppsikt', en: 'Open Uppsikt' } };
};
