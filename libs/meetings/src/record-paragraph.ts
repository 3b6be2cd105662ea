import { Id } from '#libs/fields';
import { contradictory, event, forbidden, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { ParagraphRecorded, type MeetingEvent } from './meeting.events.js';
import type { Meeting, OpenMeeting, ParagraphContent } from './meeting.js';
import { assertExists, assertGathers, assertHeld } from './meetings.refusals.js';
import { ContentOfParagraph, contentOf, paragraphId } from './paragraph.js';
import { recorded } from './recorded.js';

/** A paragraph of the minutes: what the board decided in one matter, in one or more points. It may be entered long after, in any order. */
export class RecordParagraph extends ContentOfParagraph {
  @Id('The meeting.') meeting!: string;
  @Id('The new paragraph, where the sender names it; else it follows from meeting and number.', { optional: true }) paragraph?: string;
}

export const recordParagraph: Decide<RecordParagraph, Meeting, MeetingEvent, AwaitedNeeds & { readonly organisation: Register }> = (
  command,
  state,
  { today, organisation, ...given },
) => {
  assertGathers(state);
  const { meeting, paragraph = paragraphId(meeting, command.number) } = command;
  const content = contentOf(command, paragraph, state.board, organisation);
  const known = state.paragraphs.find((one) => one.paragraph === paragraph || one.number === content.number);
  if (known) {
    const { dispatches: _, served: __, paragraph: id, ...said } = known;
    if (id === paragraph && sameContent(said, content)) return [];
    throw paragraphTwice(content.number);
  }
  assertHeld(state, today);
  assertExists(organisation, state.board, state.on, 'decision', '/meeting');
  assertPointsApart(state, content, paragraph);
  return recorded(state, [event(ParagraphRecorded, { meeting, paragraph, ...mutable(content) })], given, '/points');
};

/** Whether two paragraphs say the same, whatever order their properties are in. Whether the pattern is known depends on the register, not on what is said. */
export const sameContent = (one: ParagraphContent, other: ParagraphContent): boolean => said(one) === said(other);

const said = ({ number, title, registryNumber, points, reservations = [], dispatchTo = [] }: ParagraphContent): string =>
  JSON.stringify([
    number,
    title,
    registryNumber,
    points.map(({ point, text, outcome, object, atOnce }) => [point, text, outcome, object?.kind, object?.id, object?.version, atOnce]),
    reservations.map(({ kind, by, text }) => [kind, by, text]),
    dispatchTo.map(({ body, name }) => [body, name]),
  ]);

/** The minutes have a paragraph of that number. */
export const paragraphTwice = (number: string) =>
  forbidden('paragraph.number-twice', {
    sv: `Protokollet har redan en ${number}. Rätta den om något är fel, eller ange ett annat nummer.`,
    en: `The minutes have a ${number} already. Correct it if something is wrong, or state another number.`,
  });

/** Refuses two points of one id: each is cited by its own. */
export const assertPointsApart = ({ paragraphs }: Pick<OpenMeeting, 'paragraphs'>, { points }: ParagraphContent, paragraph: string): void => {
  const elsewhere = paragraphs.flatMap((one) => (one.paragraph === paragraph ? [] : one.points.map(({ point }) => point)));
  const place = points.findIndex(({ point }, index) => elsewhere.includes(point) || points.findIndex((one) => one.point === point) < index);
  if (place < 0) return;
  throw contradictory(
    'point.twice',
    {
      sv: 'Punkten finns redan i protokollet. Ge den nya ett eget id, eller utelämna det.',
      en: 'The point is in the minutes already. Give the new one an id of its own, or leave it out.',
    },
    `/points/${place}/point`,
  );
};

/** Content as an event takes it. */
export const mutable = ({ points, reservations, dispatchTo, ...rest }: ParagraphContent) => ({
  ...rest,
  points: [...points],
  ...(reservations && { reservations: [...reservations] }),
  ...(dispatchTo && { dispatchTo: [...dispatchTo] }),
});
