import { FreeText, Id } from '#libs/fields';
import { contradictory, event, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { ParagraphCorrected, type MeetingEvent } from './meeting.events.js';
import type { Meeting } from './meeting.js';
import { assertOpen, foundParagraph } from './meetings.refusals.js';
import { ContentOfParagraph, contentOf } from './paragraph.js';
import { assertPointsApart, mutable, paragraphTwice, sameContent } from './record-paragraph.js';
import { recorded } from './recorded.js';

/** A paragraph was recorded wrong: it is put right as a whole, with the reason. Its points stay, since others may cite them; what was recorded stays visible. */
export class CorrectParagraph extends ContentOfParagraph {
  @Id('The meeting.') meeting!: string;
  @Id('The paragraph.') paragraph!: string;
  @FreeText('Why what was recorded was wrong.', { max: 1000 }) reason!: string;
}

export const correctParagraph: Decide<CorrectParagraph, Meeting, MeetingEvent, AwaitedNeeds & { readonly organisation: Register }> = (
  command,
  state,
  { organisation, ...given },
) => {
  assertOpen(state);
  const { meeting, paragraph, reason } = command;
  const known = foundParagraph(state, paragraph);
  const content = contentOf(command, paragraph, state.board, organisation);
  if (sameContent(known, content)) return [];
  if (state.paragraphs.some((one) => one.paragraph !== paragraph && one.number === content.number)) throw paragraphTwice(content.number);
  assertPointsApart(state, content, paragraph);
  if (!known.points.every(({ point }) => content.points.some((one) => one.point === point))) {
    throw contradictory(
      'point.missing',
      {
        sv: 'En punkt som är antecknad saknas. Ta med alla punkter med sina id: någon kan hänvisa till dem.',
        en: 'A point that is recorded is missing. Send every point with its id: somebody may cite it.',
      },
      '/points',
    );
  }
  return recorded(state, [event(ParagraphCorrected, { meeting, paragraph, ...mutable(content), reason })], given, '/points');
};
