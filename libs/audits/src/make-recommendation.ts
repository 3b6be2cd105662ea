import type { Need } from '#libs/commands';
import { Code, FreeText, Id, ListOfIds } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { assertBoardOn } from './addressed-board.js';
import { ADDRESSED, type Addressed } from './audit.codes.js';
import { RecommendationMade, type AuditEvent } from './audit.events.js';
import { audit as auditStream, recommendationId, recommendationOf, type Audit, type Recommendation } from './audit.js';
import { assertRegistered } from './audit.refusals.js';

/**
 * The auditors recommend something, in their own words, to each board named, to each of a group, or to none by name: then those it concerns
 * are *as interpreted*. Each board addressed has an obligation of its own (case A: R3 to five districts are five).
 */
export class MakeRecommendation {
  @Id('The audit.') audit!: string;
  @Id('The new recommendation, where the sender names it; else it follows from audit and number.', { optional: true }) recommendation?: string;
  @FreeText('Its number in the report, or the one it is to be known by: R3.', { max: 20 }) number!: string;
  @FreeText('The auditors’ wording, word for word.', { max: 8000 }) wording!: string;
  @ListOfIds('The boards it is addressed to.', { min: 1, max: 100 }) addressees!: string[];
  @Code('How the report names them.', ADDRESSED, 'Addressed') addressed!: Addressed;
  @Id('The earlier recommendation that it repeats.', { optional: true }) repeats?: string;
  @Id('The audit that made the earlier one.', { optional: true }) repeatsAudit?: string;
}

export interface RecommendationNeeds {
  readonly organisation: Register;
  /** The audit whose recommendation is repeated. */
  readonly earlier: Audit | undefined;
}

/** The audit that a recommendation repeats one of. */
export const earlierAudit: Need<MakeRecommendation, Audit | undefined> = async (reads, { repeatsAudit }) => {
  if (repeatsAudit === undefined) return { value: undefined };
  const { state, lastId } = await reads.fold(auditStream, repeatsAudit);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};

export const makeRecommendation: Decide<MakeRecommendation, Audit, AuditEvent, RecommendationNeeds> = (command, audit, { organisation, earlier }) => {
  assertRegistered(audit);
  const { number, wording, addressees, addressed, repeats, repeatsAudit } = command;
  const recommendation = command.recommendation ?? recommendationId(audit.audit, number);
  const before = Object.values(audit.recommendations).find((one) => one.recommendation === recommendation || one.number === number);
  if (before) {
    if (isSame(before, command)) return [];
    throw forbidden('recommendation.exists', {
      sv: `Rapporten har redan en rekommendation ${before.number}. Ge den nya ett annat nummer.`,
      en: `The report has a recommendation ${before.number} already. Give the new one another number.`,
    });
  }
  addressees.forEach((board, place) => assertBoardOn(board, audit.report.handedOverOn, organisation, `/addressees/${place}`));
  assertRepeats(command, audit.audit, earlier);
  return [
    event(RecommendationMade, {
      audit: audit.audit,
      recommendation,
      number,
      wording,
      addressees,
      addressed,
      ...(repeats !== undefined && { repeats }),
      ...(repeatsAudit !== undefined && { repeatsAudit }),
    }),
  ];
};

const isSame = (known: Recommendation, { number, wording, addressees, addressed, repeats }: MakeRecommendation): boolean =>
  known.number === number &&
  known.wording === wording &&
  known.addressed === addressed &&
  known.repeats === repeats &&
  known.addressees.toSorted().join() === addressees.toSorted().join();

const assertRepeats = ({ repeats, repeatsAudit }: MakeRecommendation, audit: string, earlier: Audit | undefined): void => {
  if (repeats === undefined && repeatsAudit === undefined) return;
  const known = repeats !== undefined && earlier !== undefined && recommendationOf(earlier, repeats);
  if (!known || repeatsAudit === audit)
    throw contradictory(
      'recommendation.repeated-unknown',
      {
        sv: 'Den rekommendation som upprepas finns inte i den tidigare granskningen. Ange både granskningen och dess rekommendation.',
        en: 'The recommendation repeated is not in the earlier audit. Name both the audit and its recommendation.',
      },
      '/repeats',
    );
};
