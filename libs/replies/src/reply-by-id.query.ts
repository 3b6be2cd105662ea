import { Type } from 'typebox';
import { audit } from '#libs/audits';
import { within, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { DayType, IdType, InstantType, stockholmDay } from '#libs/kernel';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { reply, type Known } from './reply.js';
import { replyPage } from './reply-page.js';
import { noSuchReply } from './reply.refusals.js';
import { stateAt } from './states.query.js';

/** One reply, now or as it was recorded. */
export class ReplyById extends Query {
  @Id('The reply.') reply!: string;
}

/** Whether the asker's board was asked for the reply, prepares it or decides on it. */
export const concerns = (reach: Reach, { board, chain: { decidingBoard, preparingBoard } }: Known): boolean =>
  [board, decidingBoard, ...(preparingBoard === undefined ? [] : [preparingBoard])].some((one) => within(reach, one));

/**
 * The reply's page. It folds the reply's own stream, so that it is never behind.
 * @throws Refusal `reply.unknown` where there is none, or it is another board's
 */
export const replyById = async (
  { reply: id, asOf }: ReplyById,
  { tenant, today, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
) => {
  const { state, etag, happened } = await streams.tell(tenant, reply, id, asOf);
  if (state.status === 'none' || !concerns(reach, state)) throw noSuchReply();
  const at = stateAt(executor, streams, tenant, asOf);
  const [report, organisation] = await Promise.all([at(audit, state.audit), at(organisationStream, organisationId(tenant))]);
  const events = happened.map(({ event }) => Object.assign({}, event, { at: event.at }));
  return { ...replyPage(state, events, report, registerOf(organisation), asOf === undefined ? today : stockholmDay(asOf)), etag };
};

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const TextType = Type.Object({ sv: Type.String(), en: Type.String() });
const open = { additionalProperties: true } as const;

/** What the page of a reply holds. */
export const ReplyOnPage = Type.Object({
  reply: IdType('The reply.'),
  status: Type.String({ description: 'awaited, approved, given or not-awaited.' }),
  kind: Type.String({ description: 'for-reply or possible-reply.' }),
  audit: Type.Object({ id: IdType('The audit.'), title: Type.String(), numbers: Type.Array(Type.String()) }),
  board: Named,
  holder: Named,
  referredOn: Type.Optional(DayType('The day the report was handed over.')),
  lastDay: Type.Object(
    {
      known: Type.Boolean(),
      dueOn: Type.Optional(DayType('The last day that holds.')),
      firstDueOn: Type.Optional(DayType('The one before an extension.')),
      late: Type.Boolean(),
      daysLate: Type.Optional(Type.Integer()),
      nextReminderAt: Type.Optional(InstantType('When the next reminder goes.')),
      why: TextType,
    },
    { description: 'The last day, and why that day.' },
  ),
  extension: Type.Object({ status: Type.String(), requests: Type.Integer() }, open),
  officerReport: Type.Optional(Type.Object({ on: DayType('The day.') }, open)),
  consultations: Type.Array(Type.Object({}, open)),
  signOffs: Type.Array(Type.Object({}, open), { description: 'By rank, the lowest first.' }),
  signedOutOfRank: Type.Optional(Type.Literal(true, { description: 'Somebody of higher rank signed before somebody of lower.' })),
  chain: Type.Object({ preparing: Type.Optional(Named), deciding: Named, minutes: Type.String() }),
  plan: Type.Optional(
    Type.Object(
      {
        summary: TextType,
        countedOn: DayType('The day it was counted.'),
        lastOn: DayType('The last day that it was counted back from.'),
        dispatchOn: DayType('The last working day for the dispatch.'),
        minutesOn: DayType('The last day for the minutes.'),
        meeting: IdType('The meeting that is to decide.'),
        meetingBoard: Named,
        meetingOn: DayType('The day of that meeting.'),
        days: Type.Array(Type.Object({ what: Type.String(), name: Type.Optional(Type.String()), on: Type.Optional(DayType('The day.')), why: TextType })),
      },
      { ...open, description: 'Counted back from the last day; each day says why that day.' },
    ),
  ),
  problem: Type.Optional(Type.Object({ reason: Type.String(), text: TextType }, { ...open, description: 'Why no meeting suffices, and what to do.' })),
  planHistory: Type.Array(Type.Object({ at: InstantType('When it was counted.'), because: Type.String(), summary: TextType })),
  recommendations: Type.Array(
    Type.Object({
      recommendation: IdType('The recommendation.'),
      number: Type.String(),
      wording: Type.String(),
      withdrawn: Type.Optional(Type.Literal(true)),
      answered: Type.Boolean(),
      position: Type.Optional(Type.String()),
      comment: Type.Optional(Type.String()),
    }),
  ),
  approval: Type.Optional(Type.Object({ decision: Type.Object({}, open), decidedBy: Named, on: DayType('The day of the decision.') }, open)),
  givenOn: Type.Optional(DayType('The day it was dispatched.')),
  dispatchedTo: Type.Optional(Type.Array(Type.Object({ id: Type.Optional(IdType('The body.')), name: Type.String() }))),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

/** A reply as the API description shows it. */
export const replyExample = (reply_: string) => ({
  reply: reply_,
  status: 'awaited',
  kind: 'for-reply',
  audit: { id: '9b1d2c3e-4f5a-4b6c-8d7e-0f1a2b3c4d5e', title: 'Uppföljning av utförare av korttidstillsyn enligt LSS', numbers: ['Nr 5 2020'] },
  board: { id: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b', name: 'Östermalms stadsdelsnämnd' },
  holder: { id: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b', name: 'Östermalms stadsdelsnämnd' },
  referredOn: '2020-05-25',
  lastDay: {
    known: true,
    dueOn: '2020-10-15',
    late: false,
    daysLate: 0,
    why: { sv: 'den dag revisorerna angav vid överlämnandet', en: 'the day the auditors stated when they handed the report over' },
  },
  extension: { status: 'none', requests: 0 },
  consultations: [],
  signOffs: [],
  chain: { deciding: { id: '2d4f6a8c-1b3d-4e5f-9a7b-8c9d0e1f2a3b', name: 'Östermalms stadsdelsnämnd' }, minutes: 'ordinary' },
  planHistory: [],
  recommendations: [],
  etag: 3,
});
