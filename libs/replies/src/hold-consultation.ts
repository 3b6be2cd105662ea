import { assertStored, type KnownDocuments } from '#libs/documents';
import { DayField, FreeText, Id, ListOfSha256 } from '#libs/fields';
import { derivedId, event, type Day, type Decide } from '#libs/kernel';
import { ConsultationHeld, type ReplyEvent } from './reply.events.js';
import type { Reply } from './reply.js';
import { assertAwaited, assertPrepared } from './reply.refusals.js';

/**
 * A body was consulted: förvaltningsgruppen, the council for disability questions. Before or after the officer's report and in any order:
 * in [003] on 16 and 17 September 2020, after it had been signed off.
 */
export class HoldConsultation {
  @Id('The reply.') reply!: string;
  @FreeText('Who was consulted.', { max: 200 }) body!: string;
  @DayField('The day.') on!: Day;
  @ListOfSha256('Minutes, or what else shows it.', { max: 50, optional: true }) documents?: string[];
}

export const holdConsultation: Decide<HoldConsultation, Reply, ReplyEvent, { readonly stored: KnownDocuments }> = (command, state, { today, stored }) => {
  const { body, on, documents } = command;
  assertAwaited(state);
  assertPrepared(on, state, today);
  assertStored(stored, documents);
  const consultation = derivedId(state.reply, 'consultation', body, on);
  if (state.consultations.some((known) => known.body === body && known.on === on)) return [];
  return [event(ConsultationHeld, { reply: state.reply, consultation, body, on, ...(documents && { documents }) })];
};
