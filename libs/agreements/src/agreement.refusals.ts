import { contradictory, forbidden, isAfter, notAllowed, unknown, type By, type Day, type Refusal } from '#libs/kernel';
import type { CitedDecision } from '#libs/meetings';
import type { Register } from '#libs/organisation';
import { versionOf, type Agreement, type Registered, type Version } from './agreement.js';

/** There is no such agreement, or none of the asker’s board. */
export const noSuchAgreement = (): Refusal =>
  unknown('agreement.unknown', {
    sv: 'Överenskommelsen finns inte, eller så är din nämnd inte part i den. Kontrollera dess id, eller registrera den.',
    en: 'There is no such agreement, or your board is not a party to it. Check its id, or register it.',
  });

/** Refuses an agreement that nobody has registered; what is left is. */
export function assertRegistered(state: Agreement): asserts state is Registered {
  if (state.status === 'none') throw noSuchAgreement();
}

export const nameOf = (register: Register, unit: string): string => register.unit(unit)?.name ?? unit;

/** Several names as a sentence has them: `A, B och C`. */
export const listed = (names: readonly string[], and: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

/** Refuses a day that has not come yet: what is recorded has happened. */
export const assertNotFuture = (on: Day, today: Day, pointer = '/on'): void => {
  if (!isAfter(on, today)) return;
  throw contradictory(
    'day.in-the-future',
    {
      sv: `${on} har inte varit än; i dag är det ${today}. Ange dagen då det hände.`,
      en: `${on} has not been yet; today is ${today}. State the day it happened.`,
    },
    pointer,
  );
};

/** The version of that hash. */
export const foundVersion = (state: Registered, version: string, pointer = '/version'): Version => {
  const found = versionOf(state, version);
  if (found) return found;
  throw contradictory(
    'version.unknown',
    {
      sv: 'Överenskommelsen har ingen sådan version. Registrera texten som en version först, eller ange hashen för en som finns.',
      en: 'The agreement has no such version. Register the text as a version first, or state the hash of one that is there.',
    },
    pointer,
  );
};

/** Refuses to act for a board that the asker’s own board neither is nor has taken over from. */
export const assertOwnBoard = (register: Register, { unit }: By, board: string, today: Day): void => {
  const own = register.boardOf(unit) ?? unit;
  if (own === board || register.holderOn(board, today) === own) return;
  throw notAllowed('board.not-yours', {
    sv: `${nameOf(register, board)} är inte din nämnd och har inte gått upp i den. Be någon där att göra det.`,
    en: `${nameOf(register, board)} is not your board, nor one that yours took over from. Ask somebody there to do it.`,
  });
};

/** Refuses what is no board. */
export const assertBoard = (register: Register, board: string, pointer: string): void => {
  if (register.isBoard(board)) return;
  throw contradictory(
    'board.unknown',
    {
      sv: 'Det finns ingen sådan nämnd i registret. Välj en nämnd, eller registrera den först.',
      en: 'There is no such board in the register. Choose a board, or register it first.',
    },
    pointer,
  );
};

/** Last day that the register can be asked about: every board that is ever to come is there by then. */
const LAST = '2199-12-31' as Day;

/** Refuses a decision of a board that is no more on that day, or not yet, and names the one that there was instead. */
export const assertExisted = (register: Register, { board, on }: Pick<CitedDecision, 'board' | 'on'>, pointer = '/decision'): void => {
  if (register.existsOn(board, on)) return;
  const name = nameOf(register, board);
  const successor = register.successorOf(board, on);
  if (successor !== undefined) {
    const next = nameOf(register, successor);
    throw contradictory(
      'decision.board-ended',
      {
        sv: `${name} fanns inte längre den ${on}; då hade ${next} tagit över. Ange ett beslut av ${next}.`,
        en: `${name} no longer existed on ${on}; ${next} had taken over by then. Cite a decision of ${next}.`,
      },
      pointer,
    );
  }
  const before = register.predecessorsOf(board, LAST).filter((one) => one !== board && register.isBoard(one) && register.existsOn(one, on));
  const names = before.map((one) => nameOf(register, one));
  throw contradictory(
    'decision.board-not-yet',
    {
      sv: `${name} fanns inte än den ${on}.${names.length > 0 ? ` Då fanns ${listed(names, 'och')}.` : ''} Ange ett beslut av en nämnd som fanns då.`,
      en: `${name} did not exist yet on ${on}.${names.length > 0 ? ` There was ${listed(names, 'and')} then.` : ''} Cite a decision of a board that was there.`,
    },
    pointer,
  );
};

/** The party that a board stands for on a day; refused where it stands for none of those that must approve. */
export const partiesHeldBy = (register: Register, parties: readonly string[], board: string, on: Day): readonly string[] =>
  parties.filter((party) => register.holderOn(party, on) === board);

/** What is not in force cannot be ended. */
export const notInForce = (on: Day): Refusal =>
  forbidden('agreement.not-in-force', {
    sv: `Överenskommelsen är inte i kraft den ${on}. Bara det som är i kraft kan sägas upp eller gås igenom; på dess sida står vad som saknas.`,
    en: `The agreement is not in force on ${on}. Only what is in force can be terminated or reviewed; its page says what is missing.`,
  });
