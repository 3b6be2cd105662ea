import { Type } from 'typebox';
import { within, type Asking, type Executor, type Reach, type Streams } from '#libs/commands';
import { ACTION_KINDS } from '#libs/audits';
import { Id, Query } from '#libs/fields';
import { CodeType, DayType, IdType, InstantType, stockholmDay } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { registerOf } from '#libs/organisation';
import { StatedShown } from '#libs/statements';
import { ACTION_STATUSES, LEVELS } from './action.codes.js';
import { FrequencyType } from './action.events.js';
import { actionPage } from './action-page.js';
import { noSuchAction } from './action.refusals.js';
import { action } from './action.js';
import { registerThen } from './list-actions.query.js';

/** One corrective action with the full history of its days, now or as it was recorded. */
export class ActionById extends Query {
  @Id('The corrective action.') action!: string;
}

/**
 * The page of an action. It folds the action's own stream, so that it is never behind.
 * @throws Refusal `action.unknown` where there is none, or another board answers for it
 */
export const actionById = async (
  { action: id, asOf }: ActionById,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
) => {
  const { state, etag, happened } = await streams.tell(tenant, action, id, asOf);
  if (state.status === 'none') throw noSuchAction();
  if (!within(reach, state.unit)) throw noSuchAction();
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const register = registerOf(await registerThen(tenant, asOf, executor, streams));
  const named = (unit: string) => ({ id: unit, name: register.unit(unit)?.name ?? unit });
  const facts = happened.map(({ event }) => event);
  return {
    ...actionPage(state, facts, today),
    board: named(register.boardOf(register.holderOn(state.unit, today)) ?? state.board),
    firstBoard: named(state.board),
    unit: named(state.unit),
    etag,
  };
};

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const TextType = Type.Object({ sv: Type.String(), en: Type.String() });
const Recorded = { recordedAt: InstantType('When it was recorded.'), role: Type.String({ description: 'In which role.' }), unit: IdType('In which unit.') };
const Documents = Type.Array(Type.String({ description: 'SHA-256 of a stored document.' }));

/** What the page of an action holds. */
export const ActionOnPage = Type.Object({
  action: IdType('The action.'),
  title: Type.String(),
  description: Type.Optional(Type.String({ description: 'In the words of the reply.' })),
  kind: CodeType(ACTION_KINDS, 'Its kind.'),
  status: CodeType(ACTION_STATUSES, 'How it stands.'),
  board: Named,
  firstBoard: Type.Object(Named.properties, { description: 'The board that it was first given to.' }),
  unit: Named,
  role: Type.String({ description: 'The role that is responsible.' }),
  obligations: Type.Array(IdType('An obligation that it answers.')),
  reply: Type.Optional(IdType('The reply that describes it.')),
  source: Type.Optional(Type.String()),
  timeAsWritten: Type.Optional(Type.String({ description: 'The time in the words of the reply.' })),
  promisedOn: Type.Optional(DayType('The day it is promised by.')),
  firstPromisedOn: Type.Optional(DayType('The day it was promised by first.')),
  moves: Type.Integer(),
  undated: Type.Boolean({ description: 'It asks for a day.' }),
  evidenceAwaited: Type.Boolean({ description: 'Stated to be done, and nothing shows it.' }),
  promise: Type.Optional(Type.Object({ on: DayType('The day of the promise.'), decision: Type.Optional(DecisionRefType) })),
  moveAsked: Type.Optional(
    Type.Object({ move: IdType('The move.'), to: DayType('The day asked for.'), reason: Type.String(), needs: CodeType(LEVELS, 'Who must approve it.') }),
  ),
  doneOn: Type.Optional(DayType('The day it was done.')),
  overOn: Type.Optional(DayType('The day it was ended, dropped or transferred.')),
  toAction: Type.Optional(IdType('The action that took its place.')),
  days: Type.Array(
    Type.Object({
      what: Type.String({ description: 'proposed, read-anew, first-day-set, move-requested, moved or move-refused.' }),
      move: Type.Optional(IdType('The move: its request and what came of it carry the same.')),
      from: Type.Optional(DayType('The day before.')),
      to: Type.Optional(DayType('The day from then on, or asked for.')),
      on: Type.Optional(DayType('The day it was said, asked for or decided.')),
      timeAsWritten: Type.Optional(Type.String()),
      reason: Type.Optional(Type.String()),
      needs: Type.Optional(CodeType(LEVELS, 'Who had to approve it.')),
      approvedBy: Type.Optional(CodeType(LEVELS, 'Who did.')),
      decision: Type.Optional(DecisionRefType),
      ...Recorded,
    }),
    { description: 'Everything that was said of its day, in the order it was recorded.' },
  ),
  frequency: Type.Optional(FrequencyType),
  occasions: Type.Array(
    Type.Object({
      occasion: DayType('Last day of the period.'),
      heldOn: DayType('The day it was held.'),
      late: Type.Boolean(),
      documents: Documents,
      note: Type.Optional(Type.String()),
      ...Recorded,
    }),
  ),
  missed: Type.Array(DayType('Last day of a period whose occasion was missed.')),
  awaited: Type.Array(
    Type.Object({
      deadline: IdType('The deadline.'),
      type: Type.String({ description: 'action-day, action-occasion or undated-action.' }),
      dueOn: DayType('The last day that is on time.'),
      why: Type.Optional(TextType),
      late: Type.Boolean(),
      nextReminderOn: Type.Optional(DayType('The day of the next reminder.')),
    }),
  ),
  progress: Type.Array(Type.Object({ on: DayType('The day that it tells of.'), note: Type.String(), documents: Documents, ...Recorded })),
  documents: Documents,
  statements: Type.Array(StatedShown),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

/** An action as the API description shows it. */
export const actionExample = (id: string) => ({
  action: id,
  title: 'Kollegial granskning av genomförandeplaner under hösten 2020',
  kind: 'promised',
  status: 'promised',
  board: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Östermalms stadsdelsnämnd' },
  firstBoard: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Östermalms stadsdelsnämnd' },
  unit: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Stöd- och serviceenheten, Östermalm' },
  role: 'unit-manager',
  obligations: ['2f1e0d9c-8b7a-5c6d-9e5f-4a3b2c1d0e9f'],
  timeAsWritten: 'under hösten 2020',
  promisedOn: '2021-01-29',
  firstPromisedOn: '2020-12-31',
  moves: 1,
  undated: false,
  evidenceAwaited: false,
  promise: { on: '2020-09-28' },
  days: [
    {
      what: 'moved',
      move: '0c9b8a7d-6e5f-5a4b-8c3d-2e1f0a9b8c7d',
      from: '2020-12-31',
      to: '2021-01-29',
      on: '2020-12-14',
      reason: 'Granskningen sköts upp på grund av hög sjukfrånvaro.',
      needs: 'responsible',
      approvedBy: 'unit-head',
      recordedAt: '2020-12-14T09:12:00.000Z',
      role: 'unit-manager',
      unit: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
    },
  ],
  occasions: [],
  missed: [],
  awaited: [
    {
      deadline: '3d4e5f60-7182-5394-a5b6-c7d8e9f0a1b2',
      type: 'action-day',
      dueOn: '2021-01-29',
      late: false,
      nextReminderOn: '2021-01-15',
    },
  ],
  progress: [],
  documents: [],
  statements: [],
  etag: 4,
});
