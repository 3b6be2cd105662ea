import { Bool, Code, FreeText, Id, ListOf, Nested } from '#libs/fields';
import { contradictory, derivedId } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { DECIDED_KINDS, OUTCOMES, RESERVATIONS, type DecidedKind, type Outcome } from './meeting.codes.js';
import type { ParagraphContent, Recipient } from './meeting.js';

/** What a point is about, where it is about something that the product knows. */
export class ObjectOfPoint {
  @Code('What kind of thing it is.', DECIDED_KINDS, 'DecidedKind') kind!: DecidedKind;
  @Id('The thing.') id!: string;
  @FreeText('Which version of it: a number, or the hash of its text.', { max: 64, optional: true }) version?: string;
}

/** One point of a paragraph: what was decided, of what. */
export class PointOfParagraph {
  @Id('The point, where the sender names it; else it follows from the paragraph and its place.', { optional: true }) point?: string;
  @FreeText('What was decided, as the minutes word it.', { max: 1000 }) text!: string;
  @Code('What the board did with it.', OUTCOMES, 'Outcome') outcome!: Outcome;
  @Nested(() => ObjectOfPoint, { optional: true }) object?: ObjectOfPoint;
  @Bool('Declared approved at once (omedelbar justering): it counts from the day of the meeting.', { optional: true }) atOnce?: boolean;
}

/** A reservation or a särskilt uttalande. It is a party's or a group's: nobody is named. */
export class ReservationOfParagraph {
  @Code('Which of them.', RESERVATIONS, 'ReservationKind') kind!: (typeof RESERVATIONS)[number];
  @FreeText('The party or group that made it.', { max: 200 }) by!: string;
  @FreeText('Its words.', { max: 1000, optional: true }) text?: string;
}

/** Whom a decision is sent to: a unit or body of the register, or whoever else by name. */
export class RecipientOfDecision {
  @Id('A board, unit or body of the register.', { optional: true }) body?: string;
  @FreeText('Whoever is not in the register: an authority, a company.', { max: 200, optional: true }) name?: string;
}

/** What the minutes say in one paragraph: shared by everything that records or corrects one. */
export class ContentOfParagraph {
  @FreeText('Its number, as the minutes have it: § 13.', { max: 20 }) number!: string;
  @FreeText('What it is about.', { max: 500 }) title!: string;
  @FreeText('The board’s own registry number for the matter.', { max: 60, optional: true }) registryNumber?: string;
  @ListOf(() => PointOfParagraph, { min: 1, max: 15 }) points!: PointOfParagraph[];
  @ListOf(() => ReservationOfParagraph, { max: 6, optional: true }) reservations?: ReservationOfParagraph[];
  @ListOf(() => RecipientOfDecision, { max: 15, optional: true }) dispatchTo?: RecipientOfDecision[];
}

/** `§13`, `13 §` and `13` are one number: `§ 13`. What has another form stays as it is. */
const paragraphNumber = (written: string): string => {
  const [, number, letter = ''] = /^(?:§\s*)?(\d{1,4})\s?([a-zåäö]?)(?:\s*§)?$/iu.exec(written.trim()) ?? [];
  return number === undefined ? written.trim() : `§ ${Number(number)}${letter && ` ${letter.toLowerCase()}`}`;
};

/** The paragraph that the sender does not name follows from the meeting and its number. */
export const paragraphId = (meeting: string, number: string): string => derivedId(meeting, 'paragraph', paragraphNumber(number));

/** What a command says of a paragraph, as it is recorded: always in the same order, and without empty lists. */
export const contentOf = (
  { number, title, registryNumber, points, reservations = [], dispatchTo = [] }: ContentOfParagraph,
  paragraph: string,
  board: string,
  register: Register,
): ParagraphContent => ({
  number: paragraphNumber(number),
  title,
  ...(registryNumber !== undefined && { registryNumber, patternKnown: register.registryNumberKnown(board, registryNumber) }),
  points: points.map(({ point, text, outcome, object, atOnce }, place) => ({
    point: point ?? derivedId(paragraph, 'point', place),
    text,
    outcome,
    ...(object && { object: { kind: object.kind, id: object.id, ...(object.version !== undefined && { version: object.version }) } }),
    ...(atOnce && { atOnce }),
  })),
  ...(reservations.length > 0 && { reservations: reservations.map(({ kind, by, text }) => ({ kind, by, ...(text !== undefined && { text }) })) }),
  ...(dispatchTo.length > 0 && { dispatchTo: recipientsOf(dispatchTo, register, '/dispatchTo') }),
});

/**
 * Recipients as they are recorded.
 * @throws Refusal where one is neither or both, or names a body that is not in the register
 */
export const recipientsOf = (recipients: readonly RecipientOfDecision[], register: Register, pointer: string): Recipient[] =>
  recipients.map(({ body, name }, place) => {
    if ((body === undefined) === (name === undefined)) {
      throw contradictory(
        'recipient.body-or-name',
        {
          sv: 'Ange antingen en enhet eller ett organ i registret, eller ett namn på någon utanför det.',
          en: 'State either a unit or body of the register, or the name of somebody outside it.',
        },
        `${pointer}/${place}`,
      );
    }
    if (body !== undefined) assertInRegister(register, body, `${pointer}/${place}/body`);
    return body === undefined ? { name: name! } : { body };
  });

/** Refuses a recipient that is to be in the register and is not. */
export const assertInRegister = (register: Register, body: string, pointer: string): void => {
  if (register.unit(body)) return;
  throw contradictory(
    'recipient.unknown',
    {
      sv: 'Mottagaren finns inte i registret. Välj en som finns, registrera den först, eller ange den med namn.',
      en: 'The recipient is not in the register. Choose one that is, register it first, or state its name.',
    },
    pointer,
  );
};
