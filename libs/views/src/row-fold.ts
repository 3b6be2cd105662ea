import type { Position } from '#libs/event-log';
import { isText } from './columns.js';
import type { RowView } from './row-view.js';
import type { Seen } from './view.js';

/** A row as it stands now. `broken` is the id of the entry that its fold could not take: it and all later ones are left out. */
export interface Current<Row> {
  readonly row: Row | undefined;
  readonly broken: string | null;
}

/** A row from one entry to the next that changed it; `until` is null for the current one. */
export interface Version<Row> extends Current<Row> {
  readonly tenant: string;
  readonly key: string;
  readonly since: Position;
  until: Position | null;
}

/** An event and a row that it concerns; `fault` where the view could not say which. */
export interface Target {
  readonly event: Seen;
  readonly key: string;
  readonly fault?: unknown;
}

/** What a run of events makes of rows. */
export interface Folded<Row> {
  /** Versions that stood before and have ended. */
  readonly closed: readonly { readonly tenant: string; readonly key: string; readonly until: Position }[];
  readonly opened: readonly Version<Row>[];
  readonly quarantined: readonly string[];
}

/** One row of one tenant. */
export const rowId = (tenant: string, key: string): string => `${tenant} ${key}`;

/** The rows that each event concerns. An event whose keys cannot be told quarantines a row named after its stream. */
export const targetsOf = (view: Pick<RowView, 'types' | 'keys'>, events: readonly Seen[]): readonly Target[] =>
  events
    .filter(({ type }) => view.types.has(type))
    .flatMap((event) => {
      try {
        return [...new Set(view.keys(event))].map((key) => ({ event, key: checkedKey(key) }));
      } catch (fault) {
        return [{ event, key: event.stream, fault }];
      }
    });

const checkedKey = (key: string): string => {
  if (!isText(key)) throw new TypeError(`${JSON.stringify(key)} cannot be a key`);
  return key;
};

/**
 * Folds events into rows: one entry, at most one version of a row.
 * @param currents the rows concerned as they stood before, by {@link rowId}; left as they stand after
 */
export const foldRows = <Row>(view: RowView<Row>, currents: Map<string, Current<Row>>, targets: readonly Target[]): Folded<Row> => {
  const closed: { tenant: string; key: string; until: Position }[] = [];
  const opened: Version<Row>[] = [];
  const quarantined: string[] = [];
  const open = new Map<string, Version<Row>>();
  for (const { event, key, fault } of targets) {
    const { tenant, position } = event;
    const id = rowId(tenant, key);
    const before = currents.get(id);
    if (before?.broken) continue;
    const { row, error } = fault === undefined ? foldOne(view, before?.row, event, key) : { row: undefined, error: fault };
    if (error === undefined && row === before?.row) continue;
    const earlier = open.get(id);
    if (earlier) earlier.until = position;
    else if (before) closed.push({ tenant, key, until: position });
    if (error === undefined && row === undefined) {
      currents.delete(id);
      open.delete(id);
      continue;
    }
    const version: Version<Row> = { tenant, key, since: position, until: null, row: row ?? before?.row, broken: error === undefined ? null : event.id };
    if (error !== undefined) quarantined.push(`${key} of ${tenant}, by ${event.type} ${event.id}: ${message(error)}`);
    opened.push(version);
    open.set(id, version);
    currents.set(id, { row: version.row, broken: version.broken });
  }
  return { closed, opened, quarantined };
};

const message = (error: unknown): string => (error instanceof Error ? error.message : 'it threw no error');

/** A fault is tried once more, in case it was not the fold's own. */
const foldOne = <Row>(view: RowView<Row>, row: Row | undefined, event: Seen, key: string): { readonly row?: Row | undefined; readonly error?: unknown } => {
  try {
    return { row: checked(view, view.fold(row, event, key), row) };
  } catch {
    try {
      return { row: checked(view, view.fold(row, event, key), row) };
    } catch (error) {
      return { error };
    }
  }
};

/** A row that its columns cannot hold is the fold's fault, found before the database would refuse the whole page. */
const checked = <Row>(view: RowView<Row>, row: Row | undefined, before: Row | undefined): Row | undefined => {
  if (row === before || row === undefined) return row;
  const values = row as Readonly<Record<string, unknown>>;
  for (const [property, column] of Object.entries(view.columns)) {
    if (!column.holds(values[property])) throw new TypeError(`${view.name}.${property} is ${column.sql} and cannot hold ${JSON.stringify(values[property])}`);
  }
  return row;
};
