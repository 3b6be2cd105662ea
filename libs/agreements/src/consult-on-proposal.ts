import { DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { ProposalConsulted, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertNotFuture, assertRegistered, nameOf } from './agreement.refusals.js';
import { noParty } from './set-agreement-number.js';

/** Somebody was consulted on the proposal, before or after the officer’s report: förvaltningsgruppen, rådet för funktionshinderfrågor [000]. */
export class ConsultOnProposal {
  @Id('The agreement.') agreement!: string;
  @Id('The party that consulted them.') board!: string;
  @FreeText('Who was consulted.', { max: 200 }) body!: string;
  @DayField('The day of it.') on!: Day;
}

export const consultOnProposal: Decide<ConsultOnProposal, Agreement, AgreementEvent, { readonly organisation: Register }> = (
  { agreement, board, body, on },
  state,
  { today, organisation },
) => {
  assertRegistered(state);
  assertNotFuture(on, today);
  if (!state.numbers.some((one) => one.board === board)) throw noParty(nameOf(organisation, board), '/board');
  const known = state.consultations.some((one) => one.board === board && one.body === body && one.on === on);
  return known ? [] : [event(ProposalConsulted, { agreement, board, body, on })];
};
