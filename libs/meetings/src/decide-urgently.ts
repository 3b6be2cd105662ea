import { Code, DayField, FreeText, Id, Nested } from '#libs/fields';
import { contradictory, event, forbidden, isAfter, type Day, type Decide } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { AwaitedNeeds } from './awaited.js';
import { assertCounts, type CitedDecision } from './cited-decision.js';
import { DecisionRef } from './decision-ref.js';
import { URGENT_DECIDERS } from './meeting.codes.js';
import { MeetingOpened, ParagraphRecorded, type MeetingEvent } from './meeting.events.js';
import type { Mandate, Meeting } from './meeting.js';
import { assertBoard, assertExists, assertNotFuture, assertOwnBoard } from './meetings.refusals.js';
import { ContentOfParagraph, contentOf, paragraphId } from './paragraph.js';
import { assertPointsApart, mutable, sameContent } from './record-paragraph.js';
import { recorded } from './recorded.js';

/** The mandate by which the chair or a named member decides for the board what cannot wait for its meeting. */
export class UrgentMandate {
  @Code('Who decided.', URGENT_DECIDERS, 'UrgentDecider') decider!: (typeof URGENT_DECIDERS)[number];
  @FreeText('Where the board gave the mandate: its delegation order, point 1.2.', { max: 500 }) reference!: string;
  @Nested(() => DecisionRef, { optional: true }) decision?: DecisionRef;
}

/** A decision that could not wait was made for the board (kommunallagen 6 kap. 39 §). It counts at once, and is reported at the board's next meeting. */
export class DecideUrgently extends ContentOfParagraph {
  @Id('The new decision’s own opening, where the sender names it; else the answer does.', { optional: true }) meeting?: string;
  @Id('The board for which was decided.') board!: string;
  @DayField('The day it was decided.') on!: Day;
  @Nested(() => UrgentMandate) mandate!: UrgentMandate;
}

export interface UrgentNeeds extends AwaitedNeeds {
  readonly organisation: Register;
  /** The decision by which the board gave the mandate, where it is cited. */
  readonly given: CitedDecision | undefined;
}

export const decideUrgently: Decide<DecideUrgently, Meeting, MeetingEvent, UrgentNeeds> = (
  command,
  state,
  { id: meeting, by, today, organisation, given, ...needs },
) => {
  const { board, on, mandate } = command;
  assertBoard(organisation, board);
  assertOwnBoard(organisation, by, board, today);
  const paragraph = paragraphId(meeting, command.number);
  const content = contentOf(command, paragraph, board, organisation);
  if (state.status !== 'none') {
    const [known] = state.paragraphs;
    if (state.kind === 'urgent' && state.board === board && state.on === on && known && sameContent(known, content)) return [];
    throw forbidden('meeting.exists', {
      sv: 'Det finns redan ett sammanträde eller beslut med detta id. Utelämna meeting, så får det nya ett eget.',
      en: 'There is already a meeting or decision with this id. Leave meeting out and the new one gets its own.',
    });
  }
  assertNotFuture(on, today);
  assertExists(organisation, board, on, 'decision', '/on');
  assertPointsApart({ paragraphs: [] }, content, paragraph);
  const { decider, reference, decision } = mandate;
  if (decision) assertMandate(given, board, on);
  const said: Mandate = { decider, reference, ...(decision && { decision: { meeting: decision.meeting, point: decision.point } }) };
  return recorded(
    state,
    [event(MeetingOpened, { meeting, board, on, kind: 'urgent', mandate: said }), event(ParagraphRecorded, { meeting, paragraph, ...mutable(content) })],
    needs,
  );
};

/** A mandate ends with the board that gave it: a successor gives its own. And it is given before it is used. */
const assertMandate = (given: CitedDecision | undefined, board: string, on: Day): void => {
  assertCounts(given, '/mandate/decision');
  if (given.board !== board) {
    throw contradictory(
      'mandate.other-board',
      {
        sv: 'Mandatet gavs av en annan nämnd. Nämnden behöver ha gett det själv; hänvisa till dess eget beslut.',
        en: 'The mandate was given by another board. The board must have given it itself; cite its own decision.',
      },
      '/mandate/decision',
    );
  }
  if (isAfter(given.countsFrom, on)) {
    throw contradictory(
      'mandate.later',
      {
        sv: `Mandatet gäller från ${given.countsFrom}, efter beslutet ${on}. Hänvisa till ett mandat som gällde då, eller rätta dagen.`,
        en: `The mandate counts from ${given.countsFrom}, after the decision of ${on}. Cite one that held then, or correct the day.`,
      },
      '/mandate/decision',
    );
  }
};
