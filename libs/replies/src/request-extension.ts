import { DayField, FreeText, Id } from '#libs/fields';
import { derivedId, event, forbidden, type Day, type Decide } from '#libs/kernel';
import { planFor, setDeadline, type DeadlineRule } from '#libs/timers';
import { assertExtends, assertNotAfterReply } from './extension.refusals.js';
import { ExtensionRequested, type ReplyEvent } from './reply.events.js';
import { answerDeadlineId, type Reply } from './reply.js';
import { assertAwaited, assertNotBeforeReferral, assertNotFuture } from './reply.refusals.js';
import { RESPONSIBLE } from './reply-rule.js';

/** The board asks the auditors for a later last day (anstånd). The answer is awaited by a day of its own; until it comes the old day stands. */
export class RequestExtension {
  @Id('The reply.') reply!: string;
  @DayField('The day asked for.') until!: Day;
  @DayField('The day on which it was asked for.') on!: Day;
  @FreeText('Why.', { max: 2000 }) reason!: string;
}

export const requestExtension: Decide<RequestExtension, Reply, ReplyEvent, { readonly rule: DeadlineRule }> = (command, state, { today, now, rule }) => {
  const { until, on, reason } = command;
  assertAwaited(state);
  const { extension, reply, board, requests } = state;
  if (extension.status === 'requested') {
    if (extension.until === until && extension.on === on) return [];
    throw pending(extension.until);
  }
  assertNotFuture(on, today, '/on');
  assertNotBeforeReferral(on, state, '/on');
  assertNotAfterReply(on, state);
  assertExtends(until, state.dueOn);
  const deadline = answerDeadlineId(reply, requests + 1);
  return [
    event(ExtensionRequested, { reply, request: derivedId(reply, 'extension', requests + 1), until, on, reason }),
    ...(state.status === 'given' ? [] : setDeadline(planFor(rule, on, { deadline, unit: board, responsible: RESPONSIBLE }), now)),
  ];
};

const pending = (until: Day) =>
  forbidden('extension.pending', {
    sv: `Anstånd till ${until} är redan begärt och inte besvarat. Anteckna svaret först.`,
    en: `An extension to ${until} has been asked for and not been answered. Record the answer first.`,
  });
