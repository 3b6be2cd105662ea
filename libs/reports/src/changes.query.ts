import { Type } from 'typebox';
import { auditsView, obligationsView } from '#libs/audits';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Code, DayField, Id, ListQuery } from '#libs/fields';
import { addMilliseconds, contradictory, IdType, isAfter, startOfDay, type Day, type Text } from '#libs/kernel';
import { sql, type Read, type Views } from '#libs/views';
import { CHANGE_NAMES, CHANGES, changesOf, type Change, type ChangeKind } from './changes.js';
import { heldWithin } from './held-within.js';
import { registerThen } from './register-then.js';

/** What became of what a board holds, from a day on. */
export class BoardChanges extends ListQuery {
  @Id('The board.') board!: string;
  @DayField('From this day on: what was recorded since it began.') since!: Day;
  @Code('Only those of which this changed.', CHANGES, 'ObligationChange', { optional: true }) what?: ChangeKind;
}

const ChangeShown = Type.Object({
  what: Type.Enum([...CHANGES]),
  from: Type.Optional(Type.String({ description: 'As it was; left out where it was unknown or nothing.' })),
  to: Type.Optional(Type.String({ description: 'As it is.' })),
  action: Type.Optional(IdType('The action that it is about.')),
});
export const ChangedRow = Type.Object({
  obligation: IdType('The obligation.'),
  audit: IdType('The audit.'),
  auditNumber: Type.Optional(Type.String({ description: 'Left out where it is unknown.' })),
  auditTitle: Type.String(),
  number: Type.String({ description: 'The recommendation’s number.' }),
  boardName: Type.String({ description: 'The board first addressed.' }),
  status: Type.String({ description: 'open, implemented or withdrawn.' }),
  changes: Type.Array(ChangeShown),
  text: Type.String({ description: 'The changes in words, in Swedish.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const changedColumns = {
  auditNumber: name('Rapport', 'Report'),
  auditTitle: name('Rapportens titel', 'Title of the report'),
  number: name('Rekommendation', 'Recommendation'),
  boardName: name('Riktad till', 'Addressed to'),
  status: name('Läge', 'Status'),
  text: name('Ändrat', 'Changed'),
  obligation: name('Id', 'Id'),
};

export const changedExample = {
  obligation: '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31',
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  auditNumber: 'Nr 5 2020',
  auditTitle: 'Uppföljning av korttidstillsyn',
  number: 'R3',
  boardName: 'Östermalms stadsdelsnämnd',
  status: 'open',
  changes: [{ what: 'action-day', from: '2020-12-31', to: '2021-03-31', action: '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d' }],
  text: 'utlovad dag: 2020-12-31 → 2021-03-31',
};

/** More than any board has ever been recommended. */
const MOST = 50_000;
const BY_KEY = sql`key`;

const spoken = ({ what, from, to }: Change, nameOf: (unit: string) => string): string => {
  const said = (value: string) => (what === 'allotted' ? nameOf(value) : value);
  const moved = [from, to].flatMap((value) => (value === undefined ? [] : [said(value)])).join(' → ');
  return moved === '' ? CHANGE_NAMES[what].sv : `${CHANGE_NAMES[what].sv}: ${moved}`;
};

/**
 * Two moments held against each other: what a board holds, and what had been allotted to it then. What it took over from other boards by
 * succession is as it was, and is told beside.
 * @throws Refusal `board.unknown`; `since.future`
 */
export const boardChanges = async (
  { board, since, what, limit, offset, asOf }: BoardChanges,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const { tenant } = asking;
  const at = asOf && (await moments.positionAt(tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const held = heldWithin(asking.reach, board, then);
  if (isAfter(since, then.on)) throw inFuture(since, then.on);
  const dayBefore = addMilliseconds(startOfDay(since), -1);
  const before = await moments.positionAt(tenant, dayBefore);
  const ofThen = { at: before };
  const wasHeld = await views.read(tenant, (read) => ended(read, held), ofThen);
  const now = await views.read(
    tenant,
    async (read) => {
      const changed = sql`since > ${before.toString()}::bigint and (unit = any(${held}) or key = any(${wasHeld}))`;
      const rows = await read.page(obligationsView, { where: changed, order: sql`since desc, key`, limit: MOST });
      const ids = [...new Set(rows.map(({ audit }) => audit))];
      const audits = await read.page(auditsView, { where: sql`key = any(${ids})`, order: BY_KEY, limit: MOST });
      return { rows, audits: new Map(audits.map((audit) => [audit.key, audit])) };
    },
    { at },
  );
  const keys = now.rows.map(({ key }) => key);
  const known = await views.read(tenant, (read) => read.page(obligationsView, { where: sql`key = any(${keys})`, order: BY_KEY, limit: MOST }), ofThen);
  const earlier = new Map(known.map((row) => [row.key, row]));
  const all = now.rows.flatMap((row) => {
    const changes = changesOf(earlier.get(row.key), row);
    if (changes.length === 0 || (what !== undefined && !changes.some((change) => change.what === what))) return [];
    const audit = now.audits.get(row.audit);
    const [first] = audit?.numbers ?? [];
    return [
      {
        obligation: row.key,
        audit: row.audit,
        ...(first !== undefined && { auditNumber: first }),
        auditTitle: audit?.title ?? row.audit,
        number: row.number,
        boardName: then.name(row.board),
        status: row.status,
        changes,
        text: changes.map((change) => spoken(change, then.name)).join('; '),
      },
    ];
  });
  const registerBefore = await registerThen({ ...asking, asOf: dayBefore }, before, executor, streams);
  const heldBefore = new Set(registerBefore.register.predecessorsOf(board, registerBefore.on));
  const tookOver = held
    .filter((unit) => unit !== board && !heldBefore.has(unit) && then.register.isBoard(unit))
    .map((unit) => ({ board: unit, name: then.name(unit) }));
  return { total: all.length, tookOver, items: all.slice(offset, offset + limit) };
};

/** What had been given to a board then and has another version since: it may have been allotted to another. */
const ended = async (read: Read, held: readonly string[]): Promise<readonly string[]> => {
  const found = await read.query<{ readonly key: string }>(
    sql`select key from ${read.counted(obligationsView)} where unit = any(${held}) and until is not null limit ${MOST}`,
  );
  return found.map(({ key }) => key);
};

const inFuture = (since: Day, today: Day) =>
  contradictory(
    'since.future',
    {
      sv: `${since} har inte varit än; i dag är det ${today}. Ange en dag som har varit.`,
      en: `${since} has not been yet; today is ${today}. State a day that has been.`,
    },
    '/since',
  );
