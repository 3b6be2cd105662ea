import { Id, Nested } from '#libs/fields';
import { contradictory, event, longDate, type Decide } from '#libs/kernel';
import { assertCounts, DecisionRef, type CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { ReplyApproved, type ReplyEvent } from './reply.events.js';
import { of, type Known, type Reply } from './reply.js';
import { assertNotBeforeReferral, assertNotGiven, nameOf } from './reply.refusals.js';

/** The deciding board has approved the reply, by a point of its minutes that counts: its minutes are approved, or it was approved at once. */
export class ApproveReply {
  @Id('The reply.') reply!: string;
  @Nested(() => DecisionRef) decision!: DecisionRef;
}

export interface ApproveNeeds {
  readonly decided: CitedDecision | undefined;
  readonly register: Register;
}

const APPROVING: readonly string[] = ['approved', 'approved-with-changes'];
const pointer = '/decision';

export const approveReply: Decide<ApproveReply, Reply, ReplyEvent, ApproveNeeds> = ({ decision: { meeting, point } }, state, { decided, register }) => {
  assertNotGiven(state);
  const known = state.status === 'approved' ? state.approval.decision : undefined;
  if (known?.meeting === meeting && known.point === point) return [];
  assertCounts(decided);
  assertApproves(decided, state);
  assertItsBoard(decided, state, register);
  assertNotBeforeReferral(decided.on, state, pointer);
  const { board: decidedBy, on, countsFrom, paragraph } = decided;
  return [event(ReplyApproved, { ...of(state), decision: { meeting, point }, paragraph, decidedBy, on, countsFrom })];
};

/** The point approved something, and this reply. */
const assertApproves = ({ outcome, object, number, on }: CitedDecision, { reply }: Known): void => {
  if (!APPROVING.includes(outcome)) {
    throw contradictory(
      'decision.not-approved',
      {
        sv: `Nämnden biföll inte förslaget i ${number} ${on}. Ange den punkt där yttrandet godkändes.`,
        en: `The board did not approve the proposal in ${number} on ${on}. Cite the point in which the reply was approved.`,
      },
      pointer,
    );
  }
  if (object !== undefined && (object.kind !== 'reply' || object.id !== reply)) {
    throw contradictory(
      'decision.other-object',
      {
        sv: `Punkten i ${number} gäller något annat än det här yttrandet. Ange den punkt där yttrandet godkändes.`,
        en: `The point in ${number} is about something other than this reply. Cite the point in which the reply was approved.`,
      },
      pointer,
    );
  }
};

/** It was there that day, and it is the one that holds the deciding board’s duties then. */
const assertItsBoard = ({ board, on }: CitedDecision, { chain: { decidingBoard } }: Known, register: Register): void => {
  const holder = nameOf(register.holderOn(decidingBoard, on), register);
  const day = longDate(on);
  if (!register.existsOn(board, on)) {
    const successor = register.successorOf(board, on);
    const instead = successor === undefined ? holder : nameOf(successor, register);
    throw contradictory(
      'decision.board-ended',
      {
        sv: `${nameOf(board, register)} fanns inte ${day.sv}. Ange ett beslut av ${instead}.`,
        en: `${nameOf(board, register)} was not there on ${day.en}. Cite a decision of ${instead}.`,
      },
      pointer,
    );
  }
  if (board !== register.holderOn(decidingBoard, on)) {
    throw contradictory(
      'decision.other-board',
      {
        sv: `${nameOf(board, register)} beslutar inte om yttrandet; det gör ${holder}. Ange dess beslut, eller ändra beslutsvägen om den är fel.`,
        en: `${nameOf(board, register)} does not decide on the reply; ${holder} does. Cite its decision, or change the decision chain if that is wrong.`,
      },
      pointer,
    );
  }
};
