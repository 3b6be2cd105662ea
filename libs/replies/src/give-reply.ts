import type { Need } from '#libs/commands';
import { DayField, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { citedDecision, type CitedDecision } from '#libs/meetings';
import { closeDeadline, metOn } from '#libs/timers';
import { ReplyGiven, type ReplyEvent } from './reply.events.js';
import { answerDeadline, of, reply as replies, replyDeadline, standing, type Known, type Reply } from './reply.js';
import { assertAwaited, assertNotFuture, assertNotGiven } from './reply.refusals.js';

/** The reply is given: the decision by which the board approved it has been dispatched (expedierat). */
export class GiveReply {
  @Id('The reply.') reply!: string;
  @DayField('The day it was dispatched; the one that the minutes say where left out.', { optional: true }) on?: Day;
}

/** The decision by which the reply is approved, as the minutes have it now. */
export const itsDecision: Need<{ readonly reply: string }, CitedDecision | undefined> = async (reads, command, context) => {
  const { state } = await reads.fold(replies, command.reply);
  const decision = state.status === 'approved' || state.status === 'given' ? state.approval.decision : undefined;
  return citedDecision(() => decision)(reads, command, context);
};

export const giveReply: Decide<GiveReply, Reply, ReplyEvent, { readonly decided: CitedDecision | undefined }> = ({ on: said }, state, given) => {
  const { decided, today, now } = given;
  assertAwaited(state);
  if (state.status === 'given' && (said === undefined || said === state.givenOn)) return [];
  assertNotGiven(state);
  if (state.status !== 'approved' || decided === undefined || !decided.counts) throw notDecided(decided);
  const on = dispatchedOn(decided, said);
  assertNotFuture(on, today, '/on');
  if (isBefore(on, state.approval.countsFrom)) throw tooEarly(on, state.approval.countsFrom);
  const dispatchedTo = decided.dispatches.filter((one) => one.on === on).flatMap(({ to }) => to);
  return [
    event(ReplyGiven, {
      ...of(state),
      stands: standing({ ...state, status: 'given', givenOn: on }),
      on,
      decision: state.approval.decision,
      dispatchedTo,
      positions: positionsOf(state),
    }),
    ...metOn(replyDeadline(state), on, now),
    ...closeDeadline(answerDeadline(state), on, 'reply-given', now),
  ];
};

/** What the reply says of each recommendation that it answers. */
export const positionsOf = ({ comments }: Known) =>
  Object.entries(comments).map(([recommendation, { position }]) => ({ recommendation, ...(position !== undefined && { position }) }));

/** The day that the minutes say; one that is told where they say none yet. */
export const dispatchedOn = ({ dispatches, dispatchedOn: first }: CitedDecision, said: Day | undefined): Day => {
  const on = said ?? first;
  if (on === undefined) {
    throw contradictory(
      'reply.not-dispatched',
      {
        sv: 'Beslutet är inte expedierat. Anteckna expedieringen i protokollet, eller ange dagen.',
        en: 'The decision has not been dispatched. Record the dispatch with the minutes, or state the day.',
      },
      '/on',
    );
  }
  if (dispatches.length > 0 && !dispatches.some((one) => one.on === on)) {
    throw contradictory(
      'reply.dispatched-another-day',
      {
        sv: `Enligt protokollet expedierades beslutet ${first}, inte ${on}. Ange den dagen, eller rätta den i protokollet först.`,
        en: `By the minutes the decision was dispatched on ${first}, not on ${on}. State that day, or correct it with the minutes first.`,
      },
      '/on',
    );
  }
  return on;
};

const notDecided = (decided: CitedDecision | undefined) =>
  decided?.annulledOn === undefined
    ? forbidden('reply.not-decided', {
        sv: 'Den beslutande nämnden har inte godkänt yttrandet. Ange dess beslut först; ett yttrande lämnas inte utan det.',
        en: 'The deciding board has not approved the reply. Cite its decision first; a reply is not given without it.',
      })
    : forbidden('reply.not-decided', {
        sv: `Beslutet att godkänna yttrandet upphävdes ${decided.annulledOn}. Nämnden behöver besluta på nytt.`,
        en: `The decision to approve the reply was annulled on ${decided.annulledOn}. The board has to decide anew.`,
      });

export const tooEarly = (on: Day, countsFrom: Day) =>
  contradictory(
    'reply.before-decision-counts',
    {
      sv: `Beslutet räknas från ${countsFrom}; det kan inte ha expedierats ${on}. Rätta dagen.`,
      en: `The decision counts from ${countsFrom}; it cannot have been dispatched on ${on}. Correct the day.`,
    },
    '/on',
  );
