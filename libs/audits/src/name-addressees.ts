import { Id, ListOfIds } from '#libs/fields';
import { event, forbidden, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertBoardOn } from './addressed-board.js';
import { AddresseesNamed, type AuditEvent } from './audit.events.js';
import type { Audit } from './audit.js';
import { assertRegistered, knownRecommendation } from './audit.refusals.js';

/** The auditors say whom a recommendation is addressed to, of one that had to be interpreted. Boards that it is not addressed to are free of it. */
export class NameAddressees {
  @Id('The audit.') audit!: string;
  @Id('The recommendation.') recommendation!: string;
  @ListOfIds('The boards it is addressed to.', { min: 1, max: 100 }) boards!: string[];
}

export const nameAddressees: Decide<NameAddressees, Audit, AuditEvent, { readonly organisation: Register }> = (
  { recommendation, boards },
  audit,
  { organisation },
) => {
  assertRegistered(audit);
  const { addressees, addressed, withdrawn } = knownRecommendation(audit, recommendation);
  if (addressed !== 'as-interpreted') {
    if (addressees.toSorted().join() === boards.toSorted().join()) return [];
    throw forbidden('recommendation.addressees-named', {
      sv: 'Rapporten anger redan vilka rekommendationen riktas till. Har revisorerna ändrat sig återtar de den och lämnar en ny.',
      en: 'The report names the addressees already. If the auditors have changed their mind they withdraw it and make a new one.',
    });
  }
  if (withdrawn)
    throw forbidden('recommendation.withdrawn', {
      sv: `Revisorerna återtog rekommendationen ${withdrawn.on}. Lämna en ny i stället.`,
      en: `The auditors withdrew the recommendation on ${withdrawn.on}. Make a new one instead.`,
    });
  boards.forEach((board, place) => assertBoardOn(board, audit.report.handedOverOn, organisation, `/boards/${place}`));
  const dropped = addressees.filter((board) => !boards.includes(board));
  return [event(AddresseesNamed, { audit: audit.audit, recommendation, boards, dropped })];
};
