import { Type } from 'typebox';
import { within, type Asking, type Executor, type Moments, type Reach, type Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { CodeType, DayType, IdType, stockholmDay } from '#libs/kernel';
import { CAPACITIES, organisationThen, registerOf } from '#libs/organisation';
import { awaitedOn } from './awaited-on-page.js';
import { delegatedDecision, dutyOf } from './delegated-decision.js';
import { noSuchDelegatedDecision } from './delegated-decision.refusals.js';
import { delegationOrder, delegationOrderId, pointsOf } from './delegation-order.js';
import { COVERED, REPORTINGS } from './delegation.codes.js';

/** One delegated decision, now or as it was recorded. */
export class DelegatedDecisionById extends Query {
  @Id('The delegated decision.') decision!: string;
}

/**
 * The page of a delegated decision: who made it by which delegation, and what is to be reported or was. It folds the decision's own stream.
 * @throws Refusal `delegated-decision.unknown` where there is none, or it is another board's
 */
export const delegatedDecisionById = async (
  { decision: id, asOf }: DelegatedDecisionById,
  { tenant, today: now, reach }: Asking & { readonly reach: Reach },
  streams: Streams,
  executor: Executor,
  moments: Moments,
) => {
  const { state, etag } = await streams.tell(tenant, delegatedDecision, id, asOf);
  if (state.status === 'none' || !within(reach, state.board)) throw noSuchDelegatedDecision();
  const today = asOf === undefined ? now : stockholmDay(asOf);
  const moment = asOf === undefined ? undefined : { asOf, at: await moments.positionAt(tenant, asOf) };
  const register = registerOf(await organisationThen(tenant, moment, executor, streams));
  const named = (of: string) => ({ id: of, name: register.unit(of)?.name ?? of });
  const { board, unit, delegation, deadlines, ...rest } = state;
  const { state: order } = await streams.tell(tenant, delegationOrder, delegationOrderId(tenant, delegation.order), asOf);
  const point = pointsOf(order).find((one) => one.point === delegation.point);
  return {
    ...rest,
    duty: dutyOf(state),
    board: named(board),
    holder: named(register.holderOn(board, today)),
    unit: named(unit),
    delegation: { ...delegation, ...(point && { what: point.what, ...(point.number !== undefined && { number: point.number }) }) },
    awaited: Object.values(deadlines).map((one) => awaitedOn(one, today)),
    etag,
  };
};

const Named = Type.Object({ id: IdType('The id.'), name: Type.String() });
const anything = Type.Object({}, { additionalProperties: true });

/** What the page of a delegated decision holds. */
export const DelegatedDecisionOnPage = Type.Object({
  decision: IdType('The decision.'),
  status: Type.String({ description: 'made, or withdrawn: it was recorded by mistake.' }),
  kind: CodeType(COVERED, 'What was done.'),
  what: Type.String(),
  on: DayType('The day it was made.'),
  board: Named,
  holder: Type.Object(Named.properties, { description: 'The board that is to be told.' }),
  role: Type.String({ description: 'The role that decided.' }),
  unit: Named,
  person: IdType('Who had it that day.'),
  capacity: CodeType(CAPACITIES, 'How it was held.'),
  delegation: Type.Object({}, { additionalProperties: true, description: 'By which delegation, in the board’s words.' }),
  reporting: CodeType(REPORTINGS, 'How it is to be reported, as its point says.'),
  appealable: Type.Boolean(),
  duty: Type.String({ description: 'report, minute or exempt.' }),
  reported: Type.Optional(anything),
  reportedToHeadOn: Type.Optional(DayType('The day the head of administration was told.')),
  minuted: Type.Optional(anything),
  agreement: Type.Optional(IdType('The agreement that it is about.')),
  registryNumber: Type.Optional(Type.String()),
  awaited: Type.Array(anything, { description: 'What is or was awaited, by which day, and why that day.' }),
  etag: Type.Integer({ description: 'What If-Match takes.' }),
});

export const delegatedDecisionExample = (id: string) => ({
  decision: id,
  status: 'made',
  kind: 'sign-agreements',
  what: 'Undertecknat överenskommelsen ”Samverkansöverenskommelse avseende uppföljning av korttidstillsyn”, version 1.',
  on: '2022-10-04',
  board: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
  holder: { id: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', name: 'Socialnämnden' },
  role: 'head-of-administration',
  unit: { id: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a', name: 'Socialförvaltningen' },
  person: '3e5d7c9b-1a2f-4b4c-8d6e-0f1a2b3c4d5e',
  capacity: 'ordinary',
  delegation: { order: '7c4b1f1e-9a7d-4a3e-8c52-6d1f0b2a9e38', point: '9f8e7d6c-5b4a-4c3d-8e2f-1a0b9c8d7e6f', what: 'Att teckna avtalet.' },
  reporting: 'next-meeting',
  appealable: false,
  duty: 'report',
  registryNumber: '2.3.4-181/2022',
  awaited: [],
  etag: 0,
});
