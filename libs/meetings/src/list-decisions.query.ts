import { Type } from 'typebox';
import type { Asking, Moments, Reach } from '#libs/commands';
import { Bool, Code, DayField, FreeText, Id, ListQuery } from '#libs/fields';
import { CodeType, DayType, IdType, type Day, type Text } from '#libs/kernel';
import { units } from '#libs/organisation';
import { all, sql, type Views } from '#libs/views';
import { decisionsView } from './decisions.view.js';
import { DECIDED_KINDS, MEETING_KINDS, OUTCOMES, type DecidedKind, type Outcome } from './meeting.codes.js';
import { meetingsView, type ApprovalInRow } from './meetings.view.js';
import { paragraphsView, registryKey } from './paragraphs.view.js';
import { present } from './present.js';

/** What boards decided, point by point, the latest first. */
export class ListDecisions extends ListQuery {
  @Id('Only of this board.', { optional: true }) board?: string;
  @Id('Only of this meeting.', { optional: true }) meeting?: string;
  @FreeText('Only matters whose registry number holds this.', { max: 60, optional: true }) registryNumber?: string;
  @Code('Only about things of this kind.', DECIDED_KINDS, 'DecidedKind', { optional: true }) objectKind?: DecidedKind;
  @Id('Only about this thing.', { optional: true }) object?: string;
  @Code('Only with this outcome.', OUTCOMES, 'Outcome', { optional: true }) outcome?: Outcome;
  @DayField('Only decided on this day or later.', { optional: true }) from?: Day;
  @DayField('Only decided on this day or earlier.', { optional: true }) to?: Day;
  @Bool('Only those whose registry number is, or is not, written as the board writes its numbers.', { optional: true }) patternKnown?: boolean;
}

/** One point of the list. */
export const DecisionRow = Type.Object({
  point: IdType('The point.'),
  meeting: IdType('The meeting, or the urgent decision.'),
  paragraph: IdType('The paragraph.'),
  board: IdType('The board.'),
  boardName: Type.String(),
  on: DayType('The day it was decided.'),
  kind: CodeType(MEETING_KINDS, 'At a meeting, or urgently.'),
  number: Type.String({ description: 'The paragraph, as the minutes have it.' }),
  place: Type.Integer({ description: 'Which point of its paragraph, from 1.' }),
  title: Type.String(),
  registryNumber: Type.Optional(Type.String()),
  patternKnown: Type.Optional(Type.Boolean({ description: 'False: the number is not written as the board writes its numbers. See that it is right.' })),
  text: Type.String(),
  outcome: CodeType(OUTCOMES, 'What the board did with it.'),
  objectKind: Type.Optional(CodeType(DECIDED_KINDS, 'What kind of thing it is about.')),
  object: Type.Optional(IdType('The thing.')),
  objectVersion: Type.Optional(Type.String()),
  reservations: Type.Integer({ description: 'Reservations and särskilda uttalanden beside it.' }),
  counts: Type.Boolean({ description: 'Its minutes are approved or it was approved at once, and no court has annulled it.' }),
  countsFrom: Type.Optional(DayType('The day from which it counts, or counted.')),
  annulledOn: Type.Optional(DayType('The day a court annulled it.')),
  court: Type.Optional(Type.String()),
  dispatchedOn: Type.Optional(DayType('The day its paragraph was first dispatched.')),
  undispatched: Type.Integer({ description: 'How many it is still to be dispatched to.' }),
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const decisionColumns = {
  on: name('Beslutsdag', 'Decided'),
  boardName: name('Nämnd', 'Board'),
  number: name('Paragraf', 'Paragraph'),
  place: name('Punkt', 'Point'),
  title: name('Ärende', 'Matter'),
  registryNumber: name('Diarienummer', 'Registry number'),
  patternKnown: name('Känd nummerform', 'Known form of number'),
  text: name('Beslut', 'Decision'),
  outcome: name('Utfall', 'Outcome'),
  kind: name('Slag', 'Kind'),
  objectKind: name('Gäller', 'About'),
  object: name('Gäller id', 'About id'),
  objectVersion: name('Version', 'Version'),
  reservations: name('Reservationer och uttalanden', 'Reservations and statements'),
  counts: name('Räknas', 'Counts'),
  countsFrom: name('Räknas från', 'Counts from'),
  annulledOn: name('Upphävt', 'Annulled'),
  court: name('Domstol', 'Court'),
  dispatchedOn: name('Expedierat', 'Dispatched'),
  undispatched: name('Kvar att expediera', 'Still to dispatch'),
  point: name('Id', 'Id'),
};

export const decisionRowExample = {
  point: '5d2c7b1a-3e4f-4a6d-8c9b-0a1b2c3d4e5f',
  meeting: '0f6a2d4c-8b1e-4c3f-9a57-2d6e8f0b1c35',
  paragraph: '9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b',
  board: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38',
  boardName: 'Socialnämnden',
  on: '2022-06-14',
  kind: 'meeting',
  number: '§ 13',
  place: 1,
  title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn enligt LSS i egen regi som bedrivs i stadens skolor',
  registryNumber: '2.3.4-181/2022',
  patternKnown: true,
  text: 'Socialnämnden godkänner överenskommelsen mellan socialnämnden och utbildningsnämnden.',
  outcome: 'approved',
  objectKind: 'agreement',
  object: '1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9',
  reservations: 0,
  counts: true,
  countsFrom: '2022-06-20',
  undispatched: 1,
};

interface Row {
  readonly on: Day;
  readonly kind: (typeof MEETING_KINDS)[number];
  readonly atOnce: boolean;
  readonly annulledOn: Day | null;
  readonly ofPoint: readonly number[];
  readonly ofParagraph: readonly number[];
  readonly approvals: readonly ApprovalInRow[];
}

/** The first day on which it was approved: with the whole minutes, with its paragraph, for itself, or at once. */
const countedFrom = ({ on, kind, atOnce, approvals, ofPoint, ofParagraph }: Row): Day | undefined => {
  const own = new Set([...ofPoint, ...ofParagraph]);
  const days = approvals.flatMap((one) => (one.on !== undefined && (one.whole || own.has(one.approval)) ? [one.on] : []));
  return [...days, ...(atOnce || kind === 'urgent' ? [on] : [])].toSorted()[0];
};

const shown = (row: Row) => {
  const { atOnce: _, approvals: __, ofPoint: ___, ofParagraph: ____, ...rest } = row;
  const from = countedFrom(row);
  return { ...present(rest), counts: from !== undefined && row.annulledOn === null, ...(from !== undefined && { countsFrom: from }) };
};

export const listDecisions = async (
  { board, meeting, registryNumber, objectKind, object, outcome, from, to, patternKnown, limit, offset, asOf }: ListDecisions,
  { tenant, reach }: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
) => {
  const at = asOf && (await moments.positionAt(tenant, asOf));
  const where = all(
    reach.units === undefined ? undefined : sql`board = any(${reach.units})`,
    board === undefined ? undefined : sql`board = ${board}`,
    meeting === undefined ? undefined : sql`decisions.meeting = ${meeting}`,
    registryNumber === undefined ? undefined : sql`position(${registryKey(registryNumber)} in registry_key) > 0`,
    objectKind === undefined ? undefined : sql`object_kind = ${objectKind}`,
    object === undefined ? undefined : sql`object = ${object}`,
    outcome === undefined ? undefined : sql`outcome = ${outcome}`,
    from === undefined ? undefined : sql`"on" >= ${from}`,
    to === undefined ? undefined : sql`"on" <= ${to}`,
    patternKnown === undefined ? undefined : sql`pattern_known = ${patternKnown}`,
  );
  return views.read(
    tenant,
    async (read) => {
      const source = sql`${read.rows(decisionsView)} join ${read.rows(paragraphsView)} on paragraphs.key = decisions.paragraph::text
        join ${read.rows(meetingsView)} on meetings.key = decisions.meeting::text`;
      const [count] = await read.query<{ total: number }>(sql`select count(*)::integer as total from ${source} where ${where}`);
      const rows = await read.query<Row>(sql`
        select decisions.key as point, decisions.meeting, paragraph, board, coalesce(units.name, board::text) as "boardName", "on", meetings.kind, number,
          place, title, registry_number as "registryNumber", pattern_known as "patternKnown", text, outcome, object_kind as "objectKind", object,
          object_version as "objectVersion", reservations, annulled_on as "annulledOn", court, at_once as "atOnce",
          decisions.approvals as "ofPoint", paragraphs.approvals as "ofParagraph", meetings.approvals,
          dispatched_on as "dispatchedOn", undispatched
        from ${source} left join ${read.rows(units)} on units.unit = board
        where ${where}
        order by "on" desc, meetings.key, nullif(regexp_replace(left(number, 9), '[^0-9]', '', 'g'), '')::integer nulls last, number, place, decisions.key
        limit ${limit} offset ${offset}`);
      return { total: count?.total ?? 0, items: rows.map(shown) };
    },
    { at },
  );
};
