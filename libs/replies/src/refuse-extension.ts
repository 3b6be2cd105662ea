import { DayField, FreeText, Id } from '#libs/fields';
import { contradictory, event, forbidden, isBefore, type Day, type Decide } from '#libs/kernel';
import { metOn } from '#libs/timers';
import { ExtensionRefused, type ReplyEvent } from './reply.events.js';
import { answerDeadline, type Reply } from './reply.js';
import { assertAwaited, assertNotFuture } from './reply.refusals.js';

/** The auditors refuse an extension that was asked for: the last day stands. */
export class RefuseExtension {
  @Id('The reply.') reply!: string;
  @DayField('The day it was refused.') on!: Day;
  @FreeText('Why.', { max: 2000, optional: true }) reason?: string;
}

export const refuseExtension: Decide<RefuseExtension, Reply, ReplyEvent> = ({ on, reason }, state, { today, now }) => {
  assertAwaited(state);
  const { extension } = state;
  if (extension.status === 'refused' && extension.on === on) return [];
  if (extension.status !== 'requested') throw nothingAsked();
  assertNotFuture(on, today, '/on');
  if (isBefore(on, extension.on)) throw beforeRequest(extension.on);
  return [event(ExtensionRefused, { reply: state.reply, on, ...(reason !== undefined && { reason }) }), ...metOn(answerDeadline(state), on, now)];
};

const nothingAsked = () =>
  forbidden('extension.not-requested', {
    sv: 'Nämnden har inte begärt något anstånd som väntar på svar.',
    en: 'The board has asked for no extension that awaits an answer.',
  });
const beforeRequest = (on: Day) =>
  contradictory(
    'extension.before-request',
    {
      sv: `Anståndet begärdes ${on}; svaret kan inte ha kommit före det. Rätta dagen.`,
      en: `The extension was asked for on ${on}; the answer cannot have come before that. Correct the day.`,
    },
    '/on',
  );
