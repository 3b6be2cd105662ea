import { FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { AgreementNumberNoted, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertOwnBoard, assertRegistered, nameOf } from './agreement.refusals.js';

/** A board’s own registry number for the agreement: each party has one, and its registrar says which. */
export class SetAgreementNumber {
  @Id('The agreement.') agreement!: string;
  @Id('The party.') board!: string;
  @FreeText('Its number.', { max: 60 }) registryNumber!: string;
}

export const setAgreementNumber: Decide<SetAgreementNumber, Agreement, AgreementEvent, { readonly organisation: Register }> = (
  { agreement, board, registryNumber },
  state,
  { by, today, organisation },
) => {
  assertRegistered(state);
  const known = state.numbers.find((one) => one.board === board);
  if (!known) throw noParty(nameOf(organisation, board), '/board');
  assertOwnBoard(organisation, by, board, today);
  if (known.registryNumber === registryNumber) return [];
  return [event(AgreementNumberNoted, { agreement, board, registryNumber, patternKnown: organisation.registryNumberKnown(board, registryNumber) })];
};

/** A board is not among the parties. */
export const noParty = (name: string, pointer: string) =>
  contradictory(
    'agreement.no-party',
    { sv: `${name} är inte part i överenskommelsen. Välj en av parterna.`, en: `${name} is not a party to the agreement. Choose one of the parties.` },
    pointer,
  );
