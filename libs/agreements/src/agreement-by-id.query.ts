import { Type } from 'typebox';
import { within, type Asking, type Executor, type Moments, type Reach, type Streams } from '#libs/commands';
import { DayField, Id, Query } from '#libs/fields';
import { DayType, IdType, stockholmDay, type Day } from '#libs/kernel';
import { decisionsView, meetingsView, paragraphsView, type Outcome } from '#libs/meetings';
import { organisationThen, registerOf } from '#libs/organisation';
import { sql, type Read, type Views } from '#libs/views';
import { agreementPage } from './agreement-page.js';
import { noSuchAgreement } from './agreement.refusals.js';
import { agreement, boardsOf, type Agreement, type Registered } from './agreement.js';

/** One agreement, for a day, now or as it was recorded. */
export class AgreementById extends Query {
  @Id('The agreement.') agreement!: string;
  @DayField('The day that is asked about; today where left out.', { optional: true }) on?: Day;
}

/** Refuses an agreement that there is none of, or that none of the asker's boards is a party to. */
export function assertWithin(state: Agreement, reach: Reach): asserts state is Registered {
  if (!(boardsOf(state) ?? []).some((board) => within(reach, board))) throw noSuchAgreement();
}

/**
 * The page of an agreement. It folds the agreement's own stream, so that it is never behind; what minutes hold about it beside that is read from the views.
 * @throws Refusal `agreement.unknown` where there is none, or it is other boards'
 */
export const agreementById = async (
  { agreement: id, on, asOf }: AgreementById,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
  moments: Moments,
  views: Views,
) => {
  const { state, etag } = await streams.tell(tenant, agreement, id, asOf);
  assertWithin(state, reach);
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const moment = asOf === undefined ? undefined : { asOf, at: await moments.positionAt(tenant, asOf) };
  const register = registerOf(await organisationThen(tenant, moment, executor, streams));
  const inMinutes = await views.read(tenant, pointsAbout(id), { at: moment?.at });
  const recorded = new Set([...state.decisions.map(({ point }) => point), ...state.terminations.map(({ decision }) => decision.point)]);
  const unrecorded = inMinutes
    .filter(({ point }) => !recorded.has(point))
    .map(({ board, ...rest }) => ({ ...rest, board: { id: board, name: register.unit(board)?.name ?? board } }));
  return { ...agreementPage(state, register, on ?? today, today), unrecorded, etag };
};

interface InMinutes {
  readonly meeting: string;
  readonly point: string;
  readonly board: string;
  readonly on: Day;
  readonly number: string;
  readonly outcome: Outcome;
}

/** What minutes hold about an agreement, whether or not it is recorded with it. */
const pointsAbout =
  (id: string) =>
  (read: Read): Promise<readonly InMinutes[]> =>
    read.query<InMinutes>(sql`
      select decisions.meeting, decisions.key as point, board, "on", number, outcome
      from ${read.rows(decisionsView)} join ${read.rows(paragraphsView)} on paragraphs.key = decisions.paragraph::text
        join ${read.rows(meetingsView)} on meetings.key = decisions.meeting::text
      where object_kind = 'agreement' and object = ${id} order by "on", decisions.key limit 200`);

const anything = Type.Object({}, { additionalProperties: true });
const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });

/** What the page of an agreement holds. */
export const AgreementOnPage = Type.Object({
  agreement: IdType('The agreement.'),
  title: Type.String(),
  proposedBy: Named,
  on: DayType('The day that it is shown for.'),
  inForce: Type.Boolean(),
  version: Type.Optional(Type.Object({ version: Type.String(), number: Type.Integer() }, { description: 'The version in force.' })),
  inForceOn: Type.Optional(DayType('The first day on which it is in force.')),
  lastDay: Type.Optional(DayType('The last day, where one is known.')),
  because: Type.Optional(Type.String({ description: 'Why no longer after it.' })),
  periods: Type.Array(anything, { description: 'Every time it is in force.' }),
  parties: Type.Array(anything, {
    description: 'Each with its registry number, who holds its place on the day, and the version of its latest standing approval.',
  }),
  linked: Type.Object(
    { actions: Type.Array(IdType('A corrective action.')), obligations: Type.Array(IdType('An obligation.')) },
    { description: 'What led to it, by its boards.' },
  ),
  versions: Type.Array(anything, {
    description:
      'Each with its text, attachments, clauses and terms, and a sentence in Swedish and English for each thing that is missing for it to be in force.',
  }),
  decisions: Type.Array(anything, { description: 'What the parties decided, by day.' }),
  unrecorded: Type.Array(anything, { description: 'Points of minutes about it that are not recorded with it: a decision has no effect here until it is.' }),
  signatures: Type.Array(anything),
  revisionApprovals: Type.Array(anything, { description: 'Revisions approved under delegation.' }),
  reports: Type.Array(anything, { description: 'Officers’ reports.' }),
  consultations: Type.Array(anything),
  reviews: Type.Array(anything),
  termination: Type.Optional(anything),
  terminations: Type.Integer({ description: 'How many times it was terminated, those included that were withdrawn or annulled.' }),
  afterwards: Type.Array(anything),
  awaited: Type.Array(anything, { description: 'What is or was awaited, by which day.' }),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

const VERSION = '0123456789abcdef'.repeat(4);
/** An agreement as the API description shows it: [000]'s, with utbildningsnämnden's decision still missing. */
export const agreementExample = (id: string) => ({
  agreement: id,
  title: 'Samverkansöverenskommelse avseende uppföljning av korttidstillsyn',
  proposedBy: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
  on: '2022-06-21',
  inForce: false,
  periods: [],
  parties: [
    {
      board: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
      holder: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
      registryNumber: '2.3.4-181/2022',
      patternKnown: true,
      approves: { version: VERSION, number: 1 },
    },
  ],
  linked: { actions: ['6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d'], obligations: [] },
  versions: [
    {
      version: VERSION,
      number: 1,
      text: 'Samverkansöverenskommelse …',
      attachments: [],
      concurring: false,
      missing: [
        {
          code: 'approval',
          party: '8d5c2f2f-0b8e-4b4f-9d63-7e2f1c3b0f49',
          text: { sv: 'Utbildningsnämnden har inte godkänt version 1.', en: 'Utbildningsnämnden has not approved version 1.' },
        },
      ],
    },
  ],
  decisions: [],
  unrecorded: [],
  signatures: [],
  revisionApprovals: [],
  reports: [],
  consultations: [],
  reviews: [],
  terminations: 0,
  afterwards: [],
  awaited: [],
  etag: 3,
});
