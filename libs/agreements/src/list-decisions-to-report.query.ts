import { Type } from 'typebox';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Id, ListQuery } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Day, type Text } from '#libs/kernel';
import { meetingsView, paragraphsView } from '#libs/meetings';
import { holdingsOn, organisationThen, registerOf } from '#libs/organisation';
import { deadlinesView } from '#libs/timers';
import { all, sql, type Views } from '#libs/views';
import { delegatedDecisionsView } from './delegated-decisions.view.js';

/**
 * What a board is still to be told of, ready for its meeting: delegated decisions as their points say (KL 6:40, 7:8), those that are to be
 * minuted separately instead, and urgent decisions (KL 6:39), which are always reported at the next meeting.
 */
export class ListDecisionsToReport extends ListQuery {
  @Id('The board: with what those had decided whose things it holds.', { optional: true }) board?: string;
}

/** One decision of the list. */
export const DecisionToReportRow = Type.Object({
  decision: IdType('The delegated decision, or the meeting that an urgent decision is.'),
  kind: Type.String({ description: 'delegated or urgent.' }),
  how: Type.String({ description: 'next-meeting, by-list or minute-separately.' }),
  board: IdType('The board for which it was made.'),
  boardName: Type.String(),
  holder: IdType('The board that is to be told: the one that has taken over, where there is one.'),
  holderName: Type.String(),
  on: DayType('The day it was made.'),
  what: Type.String(),
  registryNumber: Type.Optional(Type.String()),
  role: Type.Optional(Type.String({ description: 'The role that decided, of a delegated decision.' })),
  unitName: Type.Optional(Type.String()),
  dueOn: Type.Optional(DayType('The day by which.')),
  late: Type.Boolean({ description: 'That day has passed.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const decisionToReportColumns = {
  holderName: name('Nämnd', 'Board'),
  on: name('Beslutsdag', 'Decided'),
  what: name('Beslut', 'Decision'),
  registryNumber: name('Diarienummer', 'Registry number'),
  kind: name('Slag', 'Kind'),
  role: name('Delegat', 'Delegate'),
  unitName: name('Enhet', 'Unit'),
  how: name('Anmäls', 'How'),
  dueOn: name('Senast', 'Due'),
  late: name('Försenad', 'Late'),
  boardName: name('Fattat för', 'Made for'),
  decision: name('Id', 'Id'),
};

export const decisionToReportExample = {
  decision: '4a3b2c1d-0e9f-4a8b-9c7d-6e5f4a3b2c1d',
  kind: 'delegated',
  how: 'next-meeting',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Socialnämnden',
  holder: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  holderName: 'Socialnämnden',
  on: '2022-10-04',
  what: 'Undertecknat överenskommelsen ”Samverkansöverenskommelse avseende uppföljning av korttidstillsyn”, version 1.',
  registryNumber: '2.3.4-181/2022',
  role: 'head-of-administration',
  unitName: 'Socialförvaltningen',
  dueOn: '2022-10-25',
  late: false,
};

/** An urgent decision whose paragraph is not recorded yet. */
const URGENT = 'Brådskande beslut';

interface Row {
  readonly decision: string;
  readonly kind: string;
  readonly how: string;
  readonly board: string;
  readonly on: Day;
  readonly what: string;
  readonly registryNumber: string | null;
  readonly role: string | null;
  readonly unit: string | null;
  readonly dueOn: Day | null;
}

export const listDecisionsToReport = async (
  { board, limit, offset, asOf }: ListDecisionsToReport,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const organisation = await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams);
  const register = registerOf(organisation);
  const named = (id: string) => register.unit(id)?.name ?? id;
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = any(${holdingsOn(organisation, board, today).board})`,
  );
  return views.read(
    tenant,
    async (read) => {
      const source = sql`(
        select key as decision, 'delegated' as kind, case status when 'to-minute' then 'minute-separately' else reporting end as how, board,
          made_on as "on", what, registry_number as "registryNumber", role, unit, due_on as "dueOn"
        from ${read.rows(delegatedDecisionsView)} where status in ('to-report', 'to-minute')
        union all
        select urgent.key, 'urgent', 'next-meeting', urgent.board, urgent."on", coalesce(told.title, ${URGENT}), told.registry_number, null, null, due.due_on
        from (select * from ${read.rows(meetingsView)} where status = 'unreported') urgent
        left join lateral (select title, registry_number from ${read.rows(paragraphsView)} where meeting::text = urgent.key order by key limit 1) told on true
        left join lateral (select due_on from ${read.rows(deadlinesView)} where owner::text = urgent.key and type = 'urgent-report' limit 1) due on true
      ) to_report`;
      const [count] = await read.query<{ total: number }>(sql`select count(*)::integer as total from ${source} where ${where}`);
      const rows = await read.query<Row>(
        sql`select * from ${source} where ${where} order by "dueOn" nulls last, "on", decision limit ${limit} offset ${offset}`,
      );
      const items = rows.map(({ registryNumber, role, unit, dueOn, ...row }) => {
        const holder = register.holderOn(row.board, today);
        return {
          ...row,
          boardName: named(row.board),
          holder,
          holderName: named(holder),
          ...(registryNumber !== null && { registryNumber }),
          ...(role !== null && { role }),
          ...(unit !== null && { unitName: named(unit) }),
          ...(dueOn !== null && { dueOn }),
          late: dueOn !== null && dueOn < today,
        };
      });
      return { total: count?.total ?? 0, items };
    },
    { at },
  );
};
