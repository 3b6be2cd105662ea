import { FreeText, Id, ListOf } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { AgreementRegistered, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertBoard, assertOwnBoard, nameOf } from './agreement.refusals.js';

/** A party to an agreement that is proposed, with its own number for the matter. */
export class PartyOfAgreement {
  @Id('The board.') board!: string;
  @FreeText('The board’s own registry number.', { max: 60, optional: true }) registryNumber?: string;
}

/** An administration proposes an agreement between boards (samverkansöverenskommelse). Its texts are registered as versions. */
export class RegisterAgreement {
  @Id('The agreement, where the sender names it.', { optional: true }) agreement?: string;
  @FreeText('What it is called.', { max: 500 }) title!: string;
  @ListOf(() => PartyOfAgreement, { min: 2, max: 20 }) parties!: PartyOfAgreement[];
  @Id('The board whose administration proposes it.') proposedBy!: string;
}

export const registerAgreement: Decide<RegisterAgreement, Agreement, AgreementEvent, { readonly organisation: Register }> = (
  { title, parties, proposedBy },
  state,
  { id: agreement, by, today, organisation },
) => {
  const registered = event(AgreementRegistered, {
    agreement,
    title,
    parties: parties.map(({ board, registryNumber }) => ({
      board,
      ...(registryNumber !== undefined && { registryNumber, patternKnown: organisation.registryNumberKnown(board, registryNumber) }),
    })),
    proposedBy,
  });
  if (state.status === 'registered') {
    const same = state.title === title && state.proposedBy === proposedBy && parties.every(({ board }) => state.numbers.some((one) => one.board === board));
    if (same) return [];
    throw forbidden('agreement.exists', {
      sv: `Under detta id finns redan överenskommelsen ”${state.title}”. Välj ett annat id, eller utelämna det.`,
      en: `Under this id there is the agreement “${state.title}” already. Choose another id, or leave it out.`,
    });
  }
  for (const [place, { board }] of parties.entries()) {
    assertBoard(organisation, board, `/parties/${place}/board`);
    if (parties.findIndex((one) => one.board === board) < place) throw partyTwice(nameOf(organisation, board), `/parties/${place}/board`);
  }
  if (!parties.some(({ board }) => board === proposedBy)) {
    throw contradictory(
      'agreement.proposer-no-party',
      {
        sv: 'Den nämnd vars förvaltning föreslår överenskommelsen ska vara en av parterna. Lägg till den, eller ange en annan.',
        en: 'The board whose administration proposes the agreement is to be one of the parties. Add it, or state another.',
      },
      '/proposedBy',
    );
  }
  assertOwnBoard(organisation, by, proposedBy, today);
  return [registered];
};

/** A party stands once. */
const partyTwice = (name: string, pointer: string) =>
  contradictory(
    'agreement.party-twice',
    { sv: `${name} står två gånger bland parterna. Ta bort den ena.`, en: `${name} stands twice among the parties. Take one away.` },
    pointer,
  );
