import { Type } from 'typebox';
import { Moments, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { Bool, Code, Id, ListQuery } from '#libs/fields';
import { daysBetween, DayType, IdType, never, stockholmDay, type Day, type Text } from '#libs/kernel';
import { organisationThen, registerOf } from '#libs/organisation';
import { all, sql, verbatim, type Sql, type Views } from '#libs/views';
import { ADDRESSED } from './audit.codes.js';
import { auditsView } from './audits.view.js';
import { countsByUnit, pageWithCounts, sumOfCounts } from './count-obligations.query.js';
import { JUDGEMENTS, type JudgementOutcome } from './obligation.codes.js';
import { OBLIGATION_STATUSES, obligationsView, type ObligationStatus } from './obligations.view.js';
import { present } from './present.js';
import { named } from './register-read.js';

/** Ways in which an open obligation can be late, or lack a day (domain §3.2.6). */
const LATENESS = ['past-promised-day', 'past-last-day', 'late', 'undated'] as const;
type Lateness = (typeof LATENESS)[number];

/** What a reply has said so far, as the list of obligations tells it. */
const REPLY_KNOWN = ['none-known', 'proposed', 'given'] as const;

/** By what the list is ordered: the earliest day, the greatest age or drift first. */
const OBLIGATION_ORDERS = ['next-day', 'last-day', 'promised-day', 'age', 'drift', 'report'] as const;
type ObligationOrder = (typeof OBLIGATION_ORDERS)[number];

/** Obligations, by their next day where nothing else is asked for. */
export class ListObligations extends ListQuery {
  @Id('Only what this board holds on the day of looking, whoever it was addressed to.', { optional: true }) board?: string;
  @Id('Only of this audit.', { optional: true }) audit?: string;
  @Id('Only of this recommendation.', { optional: true }) recommendation?: string;
  @Code('Only those that stand so.', OBLIGATION_STATUSES, 'ObligationStatus', { optional: true }) status?: ObligationStatus;
  @Code('Only those judged so.', [...JUDGEMENTS, 'not-yet'] as const, 'JudgedFilter', { optional: true }) judged?: JudgementOutcome | 'not-yet';
  @Code('Only those that are late in that way, or lack a day.', LATENESS, 'Lateness', { optional: true }) late?: Lateness;
  @Code('Only those whose reply stands so.', REPLY_KNOWN, 'ReplyKnown', { optional: true }) reply?: (typeof REPLY_KNOWN)[number];
  @Bool('Only those whose board was addressed as somebody interpreted it, or only the others.', { optional: true }) asInterpreted?: boolean;
  @Code('In what order; by the next day where left out.', OBLIGATION_ORDERS, 'ObligationOrder', { optional: true }) sort?: ObligationOrder;
}

/** One obligation of the list. What is left out is unknown, or not there. */
export const ObligationRow = Type.Object({
  obligation: IdType('The obligation.'),
  audit: IdType('The audit.'),
  auditTitle: Type.String(),
  auditNumber: Type.Optional(Type.String({ description: 'As it is written; left out where it is unknown.' })),
  recommendation: IdType('The recommendation.'),
  number: Type.String({ description: 'Its number in the report.' }),
  board: IdType('The board first addressed.'),
  boardName: Type.String(),
  holder: IdType('The board that holds it on the day of looking.'),
  holderName: Type.String(),
  addressed: Type.Enum([...ADDRESSED]),
  status: Type.String({ description: 'open, implemented or withdrawn.' }),
  receivedOn: Type.Optional(DayType('The day it came in.')),
  ageDays: Type.Optional(Type.Integer({ description: 'Days since it was received, or handed over.' })),
  reply: Type.String({ description: 'none-known, proposed or given.' }),
  repliedOn: Type.Optional(DayType('The day the reply was given.')),
  position: Type.Optional(Type.String()),
  nextOn: Type.Optional(DayType('The next day: the last day, or the earliest promised one.')),
  lastOn: Type.Optional(DayType('The last day that holds.')),
  promisedOn: Type.Optional(DayType('The earliest day promised.')),
  firstPromisedOn: Type.Optional(DayType('The day promised first of that action.')),
  driftDays: Type.Integer({ description: 'Days that the action moved furthest has moved.' }),
  pastPromisedDay: Type.Boolean(),
  pastLastDay: Type.Boolean(),
  undated: Type.Boolean(),
  statedDone: Type.Integer({ description: 'Actions stated done, whose evidence is awaited.' }),
  implementedOn: Type.Optional(DayType('The day of the board’s decision.')),
  judged: Type.Optional(Type.String({ description: 'Left out: not yet judged, which is normal.' })),
  judgedOn: Type.Optional(DayType('The day of the auditors’ decision.')),
  lastDayAsked: Type.Boolean({ description: 'Judged not met, and a new last day is asked of the board.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const obligationColumns = {
  obligation: name('Id', 'Id'),
  auditNumber: name('Rapport', 'Report'),
  auditTitle: name('Rapportens titel', 'Title of the report'),
  number: name('Rekommendation', 'Recommendation'),
  boardName: name('Riktad till', 'Addressed to'),
  holderName: name('Ligger hos', 'Held by'),
  addressed: name('Mottagaren angiven', 'How addressed'),
  status: name('Läge', 'Status'),
  receivedOn: name('Mottagen', 'Received'),
  ageDays: name('Ålder i dagar', 'Age in days'),
  reply: name('Svar', 'Reply'),
  repliedOn: name('Svar lämnat', 'Reply given'),
  position: name('Ställningstagande', 'Position'),
  nextOn: name('Nästa dag', 'Next day'),
  lastOn: name('Sista dag', 'Last day'),
  promisedOn: name('Utlovad dag', 'Promised day'),
  firstPromisedOn: name('Först utlovad', 'First promised'),
  driftDays: name('Förskjutning i dagar', 'Drift in days'),
  pastPromisedDay: name('Efter utlovad dag', 'Past the promised day'),
  pastLastDay: name('Efter sista dag', 'Past the last day'),
  undated: name('Utan dag', 'Undated'),
  statedDone: name('Angivna som gjorda, underlag väntas', 'Stated done, evidence awaited'),
  implementedOn: name('Genomförd enligt nämnden', 'Implemented by the board’s decision'),
  judged: name('Revisorernas bedömning', 'Judged'),
  judgedOn: name('Bedömd', 'Judged on'),
  lastDayAsked: name('Ny sista dag efterfrågas', 'New last day asked for'),
};

export const obligationRowExample = {
  obligation: '7b1f0c52-6a4e-5c19-8d2b-6e0f9a7b5c31',
  audit: '3f6c1d52-7a4e-5c19-8d2b-6e0f9a7b5c31',
  auditTitle: 'Uppföljning av korttidstillsyn',
  auditNumber: 'Nr 5 2020',
  recommendation: '5b0e8c7d-1f2a-5d3b-9c6e-7a8b9c0d1e2f',
  number: 'R3',
  board: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  boardName: 'Östermalms stadsdelsnämnd',
  holder: '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b',
  holderName: 'Norra innerstadens stadsdelsnämnd',
  addressed: 'group',
  status: 'open',
  receivedOn: '2020-05-28',
  ageDays: 1_129,
  reply: 'given',
  repliedOn: '2020-10-01',
  nextOn: '2023-09-30',
  promisedOn: '2023-09-30',
  firstPromisedOn: '2020-12-31',
  driftDays: 1_003,
  pastPromisedDay: false,
  pastLastDay: false,
  undated: false,
  statedDone: 0,
  lastDayAsked: false,
};

const isLate = (late: Lateness, today: Day): Sql => {
  switch (late) {
    case 'past-promised-day':
      return sql`promised_on < ${today}`;
    case 'past-last-day':
      return sql`last_on < ${today}`;
    case 'late':
      return sql`promised_on < ${today} or last_on < ${today}`;
    case 'undated':
      return sql`undated`;
    default:
      return never(late);
  }
};

const replied = (reply: (typeof REPLY_KNOWN)[number]): Sql => {
  switch (reply) {
    case 'none-known':
      return sql`replied_on is null and not proposed_reply`;
    case 'proposed':
      return sql`replied_on is null and proposed_reply`;
    case 'given':
      return sql`replied_on is not null`;
    default:
      return never(reply);
  }
};

const asked = ({ audit, recommendation, status, judged, late, reply, asInterpreted }: ListObligations, today: Day): Sql =>
  all(
    audit === undefined ? undefined : sql`audit = ${audit}`,
    recommendation === undefined ? undefined : sql`recommendation = ${recommendation}`,
    status === undefined ? undefined : sql`status = ${status}`,
    judged === undefined ? undefined : judged === 'not-yet' ? sql`judged is null` : sql`judged = ${judged}`,
    late === undefined ? undefined : isLate(late, today),
    reply === undefined ? undefined : replied(reply),
    asInterpreted === undefined ? undefined : asInterpreted ? sql`addressed = 'as-interpreted'` : sql`addressed <> 'as-interpreted'`,
  );

/** What a count is narrowed by that its index does not hold. */
const beyondIndex = ({ audit, recommendation, reply, asInterpreted }: ListObligations): boolean =>
  [audit, recommendation, reply, asInterpreted].some((said) => said !== undefined);

/** Those that are alike by audit and number, and of the same in the order of their ids, so that pages do not overlap. */
const NUMBERED = `audit, number collate "sv-SE-x-icu", key`;
const inOrder = (order: ObligationOrder): Sql => {
  switch (order) {
    case 'next-day':
      return verbatim(`next_on nulls last, ${NUMBERED}`);
    case 'last-day':
      return verbatim(`last_on nulls last, ${NUMBERED}`);
    case 'promised-day':
      return verbatim(`promised_on nulls last, ${NUMBERED}`);
    case 'age':
      return verbatim(`arisen_on nulls last, ${NUMBERED}`);
    case 'drift':
      return verbatim(`drift_days desc, ${NUMBERED}`);
    case 'report':
      return verbatim(NUMBERED);
    default:
      return never(order);
  }
};

export const listObligations = async (
  query: ListObligations,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const { board, sort = 'next-day', limit, offset, asOf } = query;
  const at = asOf === undefined ? undefined : await moments.positionAt(tenant, asOf);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const register = registerOf(await organisationThen(tenant, asOf === undefined || at === undefined ? undefined : { asOf, at }, executor, streams));
  const held = board === undefined ? undefined : register.predecessorsOf(board, today);
  const units = reach.units === undefined ? held : held === undefined ? reach.units : held.filter((unit) => reach.units?.includes(unit));
  const narrowed = asked(query, today);
  const where = all(units === undefined ? undefined : sql`unit = any(${units})`, narrowed);
  const { rows, counts, audits } = await views.read(
    tenant,
    async (read) => {
      const options = { where, order: inOrder(sort), limit, offset };
      const { rows: page, counts: ofUnits } =
        sort === 'next-day' && !beyondIndex(query)
          ? await pageWithCounts(read, today, options)
          : {
              rows: await read.page(obligationsView, options),
              counts: await countsByUnit(read, today, { units, where: narrowed, beyondIndex: beyondIndex(query) }),
            };
      const ids = [...new Set(page.map(({ audit }) => audit))];
      const found = await read.page(auditsView, { where: sql`key = any(${ids})`, order: sql`key`, limit: ids.length });
      return { rows: page, counts: sumOfCounts(ofUnits), audits: new Map(found.map((row) => [row.key, row])) };
    },
    { at },
  );
  const items = rows.map((row) => {
    const audit = audits.get(row.audit);
    const [first] = audit?.numbers ?? [];
    const holder = named(register, register.holderOn(row.unit, today));
    return {
      obligation: row.key,
      audit: row.audit,
      auditTitle: audit?.title ?? row.audit,
      ...(first !== undefined && { auditNumber: first }),
      recommendation: row.recommendation,
      number: row.number,
      board: row.board,
      boardName: named(register, row.board).name,
      holder: holder.id,
      holderName: holder.name,
      addressed: row.addressed,
      status: row.status,
      ...present({ receivedOn: row.receivedOn, repliedOn: row.repliedOn, position: row.position }),
      ...(row.arisenOn !== null && { ageDays: Math.max(0, daysBetween(row.arisenOn, today)) }),
      reply: row.repliedOn !== null ? 'given' : row.proposedReply ? 'proposed' : 'none-known',
      ...present({ nextOn: row.nextOn, lastOn: row.lastOn, promisedOn: row.promisedOn, firstPromisedOn: row.firstPromisedOn }),
      driftDays: row.driftDays,
      pastPromisedDay: row.promisedOn !== null && row.promisedOn < today,
      pastLastDay: row.lastOn !== null && row.lastOn < today,
      undated: row.undated,
      statedDone: row.statedDone,
      ...present({ implementedOn: row.implementedOn, judged: row.judged, judgedOn: row.judgedOn }),
      lastDayAsked: row.lastDayAsked,
    };
  });
  return { total: counts.received + counts.withdrawn, totals: counts, items };
};
