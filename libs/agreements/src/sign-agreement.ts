import { Code, DayField, Id, Sha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { contradictory, derivedId, event, forbidden, longDate, type Day, type Decide } from '#libs/kernel';
import { ROLES, type Register, type Role } from '#libs/organisation';
import { AgreementSigned, type AgreementEvent } from './agreement.events.js';
import type { Agreement, Registered, Version } from './agreement.js';
import { assertNotFuture, assertOwnBoard, assertRegistered, foundVersion, nameOf } from './agreement.refusals.js';
import { withConsequences, type Following } from './consequences.js';
import { delegateFor, type DelegateNeeds } from './delegate.js';
import { standsBy, voicesIn } from './force.js';

/**
 * A party’s delegate signs the agreement: exactly the version that the party’s own board has approved. The delegate does it, or somebody of
 * the same board records that it was done, in which role and by whom.
 */
export class SignAgreement {
  @Id('The agreement.') agreement!: string;
  @Id('The party for which it is signed.') party!: string;
  @Sha256('The version that is signed.') version!: string;
  @DayField('The day of signing.') on!: Day;
  @Code('In which role; that of whoever asks where left out.', ROLES, 'Role', { optional: true }) role?: Role;
  @Id('The unit in which that role is held.', { optional: true }) unit?: string;
  @Id('Who signed; whoever asks, or the one who has the role that day, where left out.', { optional: true }) person?: string;
  @Sha256('The signed copy, among the stored documents.', { optional: true }) document?: string;
}

export type SignNeeds = DelegateNeeds & Following & { readonly evidence: KnownDocuments };

export const signAgreement: Decide<SignAgreement, Agreement, AgreementEvent, SignNeeds> = (
  { agreement, party, version: hash, on, role, unit, person, document },
  state,
  { by, now, today, ruleOn, evidence, ...needs },
) => {
  assertRegistered(state);
  const { organisation } = needs;
  const version = foundVersion(state, hash);
  assertParty(organisation, version, party);
  assertOwnBoard(organisation, by, party, today);
  assertNotFuture(on, today);
  const delegate = delegateFor('sign-agreements', agreement, { role, unit, person, on }, by, needs);
  assertApprovedBefore(state, version, party, on, organisation);
  if (document !== undefined) assertStored(evidence, [document], '/document');
  const known = state.signatures.find((one) => one.party === party && one.version === hash);
  if (known?.on === on && known.person === delegate.person) return [];
  if (known) {
    throw forbidden('signing.signed-already', {
      sv: `${nameOf(organisation, party)} undertecknade version ${version.number} redan ${known.on}. Rätta dagen om den är fel.`,
      en: `${nameOf(organisation, party)} signed version ${version.number} already on ${known.on}. Correct the day if it is wrong.`,
    });
  }
  const { board } = needs.delegations;
  const signature = derivedId(agreement, 'signature', party, hash, state.actsEver);
  const signed = event(AgreementSigned, { agreement, signature, party, board, version: hash, on, ...delegate, ...(document !== undefined && { document }) });
  return withConsequences(state, [signed], { ruleOn, now });
};

/** Refuses to act for what is no party to the version. */
export const assertParty = (register: Register, { parties, number }: Version, party: string): void => {
  if (parties.includes(party)) return;
  throw contradictory(
    'agreement.no-party',
    {
      sv: `${nameOf(register, party)} är inte part i version ${number}. Ange en av parterna.`,
      en: `${nameOf(register, party)} is not a party to version ${number}. State one of the parties.`,
    },
    '/party',
  );
};

/** Refuses to sign what the party’s own board has not approved, exactly so, by that day. */
export const assertApprovedBefore = (state: Registered, { version, number }: Version, party: string, on: Day, register: Register): void => {
  if (standsBy(voicesIn(state), party, version, on)) return;
  const [name, day] = [nameOf(register, register.holderOn(party, on)), longDate(on)];
  const other = state.versions.filter((one) => standsBy(voicesIn(state), party, one.version, on)).at(-1);
  throw forbidden('signing.before-approval', {
    sv: `${name} hade inte godkänt version ${number} ${day.sv}${other ? `, utan version ${other.number}` : ''}. Bara det som den egna nämnden har godkänt undertecknas: anteckna beslutet och att protokollet är justerat först.`,
    en: `${name} had not approved version ${number} on ${day.en}${other ? `, but version ${other.number}` : ''}. Only what the own board has approved is signed: record the decision, and that the minutes are approved, first.`,
  });
};
