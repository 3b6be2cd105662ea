import { formatPosition, parsePosition, type Position } from '#libs/event-log';
import { Id, FreeText, InstantField, Int, Query } from '#libs/fields';
import type { Instant } from '#libs/kernel';
import { sql, verbatim, type Read, type Sql } from '#libs/views';
import { fold, lexeme, tokensOf } from './lexemes.js';
import { FIELDS, latest, positionAt, TRAIL, type TrailEntry } from './trail-entry.js';
import { TABLE } from './trail-name.js';

/** The trail, newest first. All that is given must hold; words are found in every form, with or without å, ä and ö; `plan*` finds what begins so. */
export class SearchTrail extends Query {
  @FreeText('Words, ids, days, numbers or codes.', { max: 200, optional: true }) text?: string;
  @InstantField('Recorded at that moment or later.', { optional: true }) from?: Instant;
  @InstantField('Recorded at that moment or earlier.', { optional: true }) to?: Instant;
  @FreeText('Who acted: the id of a person, or the name of a system actor.', { max: 64, optional: true }) actor?: string;
  @FreeText('In which role.', { max: 64, optional: true }) role?: string;
  @Id('For which unit.', { optional: true }) unit?: string;
  @FreeText('The history of one object: `order-<uuid>`.', { max: 100, optional: true }) stream?: string;
  @FreeText('What happened: the type of the event.', { max: 100, optional: true }) type?: string;
  @Int('How many at most.', { min: 1, max: 200, default: 20 }) limit = 20;
  @FreeText('Goes on where an earlier answer ended.', { max: 60, optional: true }) cursor?: string;
}

/** One page of what was found. */
export interface TrailPage {
  readonly items: readonly TrailEntry[];
  /** How many there are in all, counted to {@link MOST_COUNTED}. */
  readonly total: number;
  /** There are more than `total`: people read `1000+`. */
  readonly more: boolean;
  /** Where the next page begins; absent on the last. */
  readonly cursor?: string;
}

export const MOST_COUNTED = 1_000;

/** @throws LogRefused for a cursor that was never given out, or by another log */
export const searchTrail = async (read: Read, query: SearchTrail): Promise<TrailPage> => {
  const { limit, cursor } = query;
  const low = query.from === undefined ? '0' : await lastBefore(read, query.from);
  const high = query.to === undefined ? latest(read) : earlier(latest(read), (await positionAt(read, query.to)).toString());
  const below = cursor === undefined ? high : earlier(high, before(parsePosition(read.log, cursor)));
  const items = await read.query<TrailEntry>(
    sql`select ${FIELDS} from ${found(read, query, low, below, limit + 1, true)} f(position) join ${TRAIL} t on t.position = f.position order by t.position desc`,
  );
  const whole = cursor === undefined && items.length <= limit;
  const total = whole ? items.length : await count(read, query, low, high);
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit),
    total: Math.min(total, MOST_COUNTED),
    more: total > MOST_COUNTED,
    ...(last && { cursor: formatPosition(read.log, last.position) }),
  };
};

const count = async (read: Read, query: SearchTrail, low: string, high: string): Promise<number> => {
  const [counted] = await read.query<{ total: number }>(sql`select count(*)::integer as total from ${found(read, query, low, high, MOST_COUNTED + 1, false)}`);
  return counted?.total ?? 0;
};

/** The positions that match, over low and up to high. */
const found = ({ tenant }: Read, query: SearchTrail, low: string, high: string, atMost: number, newestFirst: boolean): Sql => {
  const { text, actor = null, role = null, unit = null, stream = null, type = null } = query;
  const { words, literals } = wanted(text);
  const filters = [actor, role, unit, stream, type].filter((filter) => filter !== null).map(lexeme);
  return sql`${verbatim(`views.${TABLE}_search`)}(${tenant}, ${words}, ${[...literals, ...filters]}, ${actor}, ${role}, ${unit}, ${stream}, ${type}, ${low}, ${high}, ${atMost}, ${newestFirst})`;
};

/** What a person wrote, as the index knows it. */
const wanted = (text = ''): { readonly words: readonly string[]; readonly literals: readonly string[] } => {
  const pieces = text.split(/\s+/u);
  const beginnings = pieces.filter((piece) => piece.endsWith('*')).map((piece) => tokensOf(fold(piece), { codesAsWords: false }));
  const whole = pieces.filter((piece) => !piece.endsWith('*')).map((piece) => tokensOf(piece, { codesAsWords: false }));
  const starts = beginnings.flatMap(({ words, literals }) => [...words, ...literals]);
  return {
    words: whole.flatMap(({ words }) => words),
    literals: [...whole.flatMap(({ literals }) => literals.map(lexeme)), ...starts.map((start) => `${lexeme(start)}:*`)],
  };
};

const before = (cursor: Position): string => (cursor - 1n).toString();

const earlier = (a: string, b: string): string => (BigInt(a) < BigInt(b) ? a : b);

const lastBefore = async (read: Read, instant: Instant): Promise<string> => {
  const rows = await read.query<{ position: bigint }>(
    sql`select position from ${TRAIL} where recorded < ${instant} order by recorded desc, position desc limit 1`,
  );
  return (rows[0]?.position ?? 0n).toString();
};
