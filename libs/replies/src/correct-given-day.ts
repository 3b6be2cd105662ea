import { DayField, FreeText, Id } from '#libs/fields';
import { event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import type { CitedDecision } from '#libs/meetings';
import { metOn } from '#libs/timers';
import { dispatchedOn, positionsOf, tooEarly } from './give-reply.js';
import { GivenDayCorrected, type ReplyEvent } from './reply.events.js';
import { of, replyDeadline, standing, type Reply } from './reply.js';
import { assertAwaited, assertNotFuture } from './reply.refusals.js';

/** The day on which the reply was given was recorded wrong. Both stay visible; whether it was late follows. */
export class CorrectGivenDay {
  @Id('The reply.') reply!: string;
  @DayField('The day it was dispatched.') on!: Day;
  @FreeText('Why what was recorded was wrong.', { max: 1000 }) reason!: string;
}

export const correctGivenDay: Decide<CorrectGivenDay, Reply, ReplyEvent, { readonly decided: CitedDecision | undefined }> = (command, state, given) => {
  const { on, reason } = command;
  const { decided, today, now } = given;
  assertAwaited(state);
  if (state.status !== 'given') throw notGiven();
  if (on === state.givenOn) return [];
  assertNotFuture(on, today, '/on');
  if (isBefore(on, state.approval.countsFrom)) throw tooEarly(on, state.approval.countsFrom);
  if (decided) dispatchedOn(decided, on);
  const { approval, givenOn: from } = state;
  return [
    event(GivenDayCorrected, {
      ...of(state),
      stands: standing({ ...state, givenOn: on }),
      from,
      on,
      decision: approval.decision,
      positions: positionsOf(state),
      reason,
    }),
    ...metOn(replyDeadline(state), on, now),
  ];
};

const notGiven = () =>
  forbidden('reply.not-given', {
    sv: 'Yttrandet är inte lämnat än, så det finns ingen dag att rätta.',
    en: 'The reply has not been given yet, so there is no day to correct.',
  });
