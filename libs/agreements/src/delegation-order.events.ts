import { Type } from 'typebox';
import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { DecisionRefType } from '#libs/meetings';
import { COVERED, DELEGATION_ENDS, ORIGINS, REPORTINGS } from './delegation.codes.js';

const board = IdType('The board whose delegation order it is.');
const point = IdType('The point.');
const further = IdType('The further delegation.');
const delegate = {
  role: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 60, description: 'The role that it is delegated to.' }),
  unit: IdType('The unit in which that role is held.'),
  from: DayType('The first day on which it holds.'),
  to: Type.Optional(DayType('The last day on which it holds; until further notice where left out.')),
};
const lastDay = DayType('The last day on which it holds.');
const reason = Type.String({ minLength: 1, maxLength: 2_000, description: 'Why.' });

export const DelegationGiven = eventType('DelegationGiven', {
  name: { sv: 'Delegation given', en: 'Delegation given' },
  schema: 1,
  data: {
    board,
    point,
    number: Type.Optional(Type.String({ minLength: 1, maxLength: 20, description: 'Its number in the delegation order: 3.2.' })),
    origin: CodeType(ORIGINS, 'A point of the order, or a decision of its own.'),
    what: Type.String({ minLength: 1, maxLength: 2_000, description: 'What is delegated, as the board worded it.' }),
    covers: Type.Array(CodeType(COVERED, 'What the delegate may do by it.'), { minItems: 1 }),
    agreement: Type.Optional(IdType('The one agreement that it is about; any of the board’s where left out.')),
    ...delegate,
    furtherAllowed: Type.Boolean({ description: 'Whether the head of administration may delegate it on, one step (KL 7:6).' }),
    reporting: CodeType(REPORTINGS, 'How decisions by it are reported to the board.'),
    appealable: Type.Boolean({ description: 'Whether decisions by it can be appealed: those that are not reported are then minuted separately.' }),
    decision: DecisionRefType,
  },
});

export const DelegationEnded = eventType('DelegationEnded', {
  name: { sv: 'Delegation upphävd', en: 'Delegation ended' },
  schema: 1,
  data: { board, point, lastDay, because: CodeType(DELEGATION_ENDS, 'Why.'), decision: Type.Optional(DecisionRefType) },
});

export const FurtherDelegated = eventType('FurtherDelegated', {
  name: { sv: 'Vidaredelegerat', en: 'Delegated further' },
  schema: 1,
  data: { board, point, further, ...delegate },
});

export const FurtherDelegationEnded = eventType('FurtherDelegationEnded', {
  name: { sv: 'Vidaredelegation upphävd', en: 'Further delegation ended' },
  schema: 1,
  data: { board, point, further, lastDay, reason },
});

/** Everything that can happen to a board’s delegations. */
export type DelegationOrderEvent =
  EventOf<typeof DelegationGiven> | EventOf<typeof DelegationEnded> | EventOf<typeof FurtherDelegated> | EventOf<typeof FurtherDelegationEnded>;
