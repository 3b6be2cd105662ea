import { DayField, FreeText, Id, Sha256 } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { RevisionContested, type AgreementEvent } from './agreement.events.js';
import { mustApprove, type Agreement } from './agreement.js';
import { assertNotFuture, assertOwnBoard, assertRegistered, foundVersion, nameOf } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { noParty } from './set-agreement-number.js';

/** A party holds that a revision is not for delegates to decide: it goes to the boards of all parties, and what delegates have said of it does not count. */
export class ContestRevision {
  @Id('The agreement.') agreement!: string;
  @Sha256('The version.') version!: string;
  @Id('The party that contests it.') party!: string;
  @DayField('The day it did.') on!: Day;
  @FreeText('Why the boards are to decide.', { max: 2000 }) reason!: string;
}

export const contestRevision: Decide<ContestRevision, Agreement, AgreementEvent, Following & { readonly organisation: Register }> = (
  { agreement, version: hash, party, on, reason },
  state,
  { by, now, today, ruleOn, organisation },
) => {
  assertRegistered(state);
  const version = foundVersion(state, hash);
  if (!mustApprove(version).includes(party)) throw noParty(nameOf(organisation, party), '/party');
  assertOwnBoard(organisation, by, party, today);
  assertNotFuture(on, today);
  if (version.revises === undefined) {
    throw contradictory(
      'revision.none',
      {
        sv: `Version ${version.number} är ingen revidering: den är redan nämndernas att besluta om.`,
        en: `Version ${version.number} is no revision: it is for the boards to decide already.`,
      },
      '/version',
    );
  }
  if (version.contested) return [];
  const inForce = state.periods.find((one) => one.version === hash);
  if (inForce && !isAfter(inForce.on, on)) {
    throw forbidden('revision.in-force', {
      sv: `Version ${version.number} gäller sedan ${inForce.on}. Den kan inte längre hänskjutas; föreslå en ny version, eller säg upp överenskommelsen.`,
      en: `Version ${version.number} has been in force since ${inForce.on}. It can be referred to the boards no longer; propose a new version, or terminate the agreement.`,
    });
  }
  return withConsequences(state, [event(RevisionContested, { agreement, version: hash, party, on, reason })], { ruleOn, now });
};
