import { FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import { RegistryPatternRegistered, type OrganisationEvent } from './organisation.events.js';
import { assertRegistered } from './organisation.refusals.js';
import type { Organisation } from './organisation.js';
import { isRegistryPattern } from './registry-pattern.js';
import { isBoard } from './successions.js';

/** Says how a board writes its registry numbers (diarienummer), so that one that is written otherwise is warned of. A board may have several forms. */
export class RegisterRegistryPattern {
  @Id('The board whose registry it is.') board!: string;
  @FreeText('A 9 stands for a digit, 9+ for one or more, any other character for itself: 9.9.9-9+/9999 for 2.3.4-181/2022.', { max: 60 }) pattern!: string;
}

export const registerRegistryPattern: Decide<RegisterRegistryPattern, Organisation, OrganisationEvent> = ({ board, pattern }, organisation) => {
  assertRegistered(organisation);
  if (!isBoard(organisation, board)) {
    throw contradictory(
      'board.unknown',
      {
        sv: 'Nämnden finns inte i registret, eller så är det ingen nämnd. Välj en nämnd som finns, eller registrera den först.',
        en: 'The board is not in the register, or is no board. Choose a board that is, or register it first.',
      },
      '/board',
    );
  }
  if (!isRegistryPattern(pattern)) {
    throw contradictory(
      'registry-pattern.malformed',
      {
        sv: 'Mönstret går inte att läsa på ett enda sätt. Skriv 9 för en siffra och 9+ för en eller flera, minst en av dem; efter 9+ kan ingen siffra följa direkt.',
        en: 'The pattern cannot be read in one way only. Write 9 for a digit and 9+ for one or more, at least one of them; no digit can follow 9+ directly.',
      },
      '/pattern',
    );
  }
  return organisation.patterns.get(board)?.includes(pattern) === true ? [] : [event(RegistryPatternRegistered, { board, pattern })];
};
