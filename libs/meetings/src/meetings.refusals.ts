import { contradictory, forbidden, isAfter, notAllowed, unknown, type By, type Day, type Refusal } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import type { Meeting, OpenMeeting, Paragraph } from './meeting.js';

/** There is no such meeting, or nobody has opened it. */
export const noSuchMeeting = (): Refusal =>
  unknown('meeting.unknown', {
    sv: 'Sammanträdet är inte öppnat. Öppna det från nämndens kalender först.',
    en: 'The meeting has not been opened. Open it from the board’s calendar first.',
  });

/** The meeting was cancelled: nothing can have happened at it. */
export const meetingCancelled = (on: Day): Refusal =>
  forbidden('meeting.cancelled', {
    sv: `Sammanträdet ${on} är inställt. Välj ett sammanträde som hölls, eller planera ett nytt.`,
    en: `The meeting of ${on} is cancelled. Choose one that was held, or plan a new one.`,
  });

/** Refuses a meeting that nobody has opened or that was cancelled; what is left is open. */
export function assertOpen(meeting: Meeting): asserts meeting is OpenMeeting {
  if (meeting.status === 'none') throw noSuchMeeting();
  if (meeting.status === 'cancelled') throw meetingCancelled(meeting.on);
}

/** Refuses what only happens where a board gathers; what is left is a meeting of the calendar. */
export function assertGathers(meeting: Meeting): asserts meeting is OpenMeeting {
  assertOpen(meeting);
  if (meeting.kind === 'urgent') {
    throw forbidden('meeting.urgent-decision', {
      sv: 'Detta är ett brådskande beslut och inget sammanträde: det har varken handlingar, fler paragrafer eller justering. Anmäl det vid nästa sammanträde.',
      en: 'This is an urgent decision and no meeting: it has no papers, no further paragraphs and no approval of minutes. Report it at the next meeting.',
    });
  }
}

/** Refuses a day that has not come yet: what is recorded has happened. */
export const assertNotFuture = (on: Day, today: Day, pointer = '/on'): void => {
  if (isAfter(on, today)) {
    throw contradictory(
      'day.in-the-future',
      {
        sv: `${on} har inte varit än; i dag är det ${today}. Ange dagen då det hände.`,
        en: `${on} has not been yet; today is ${today}. State the day it happened.`,
      },
      pointer,
    );
  }
};

/** Refuses what happens at a meeting before it can have been held. */
export const assertHeld = ({ on }: OpenMeeting, today: Day): void => {
  if (isAfter(on, today)) {
    throw forbidden('meeting.not-held-yet', {
      sv: `Sammanträdet hålls först ${on}. Hölls det tidigare, flytta det i kalendern.`,
      en: `The meeting is not held until ${on}. If it was held earlier, move it in the calendar.`,
    });
  }
};

/** The paragraph of that id. */
export const foundParagraph = ({ paragraphs }: OpenMeeting, paragraph: string, pointer = '/paragraph'): Paragraph => {
  const found = paragraphs.find((one) => one.paragraph === paragraph);
  if (found) return found;
  throw contradictory(
    'paragraph.unknown',
    {
      sv: 'Protokollet har ingen sådan paragraf. Anteckna paragrafen först, eller välj en som finns.',
      en: 'The minutes have no such paragraph. Record the paragraph first, or choose one that is there.',
    },
    pointer,
  );
};

/** Refuses a point that is in none of the paragraphs. */
export const assertPoint = ({ paragraphs }: OpenMeeting, point: string, pointer = '/point'): void => {
  if (paragraphs.some(({ points }) => points.some((one) => one.point === point))) return;
  throw contradictory(
    'point.unknown',
    {
      sv: 'Protokollet har ingen sådan beslutspunkt. Anteckna paragrafen med dess punkter först, eller välj en som finns.',
      en: 'The minutes have no such point. Record the paragraph with its points first, or choose one that is there.',
    },
    pointer,
  );
};

/** Refuses something that meets and decides, but is not a board. */
export const assertBoard = (register: Register, board: string): void => {
  if (register.isBoard(board)) return;
  throw contradictory(
    'board.unknown',
    {
      sv: 'Det finns ingen sådan nämnd i registret. Välj en nämnd, eller registrera den först.',
      en: 'There is no such board in the register. Choose a board, or register it first.',
    },
    '/board',
  );
};

/** Refuses to enter things for a board that the asker's own board neither is nor has taken over from. */
export const assertOwnBoard = (register: Register, { unit }: By, board: string, today: Day): void => {
  const own = register.boardOf(unit) ?? unit;
  if (own === board || register.holderOn(board, today) === own) return;
  throw notAllowed('board.not-yours', {
    sv: `${nameOf(register, board)} är inte din nämnd och har inte gått upp i den. Be dess nämndsekreterare.`,
    en: `${nameOf(register, board)} is not your board, nor one that yours took over from. Ask its secretary.`,
  });
};

/** Last day that the register can be asked about: every board that is ever to come is there by then. */
const LAST = '2199-12-31' as Day;

/**
 * Refuses a meeting or a decision of a board on a day on which there is no such board, and names the one that there was instead.
 * @param of `board` for what the calendar plans, `decision` for what is decided
 */
export const assertExists = (register: Register, board: string, on: Day, of: 'board' | 'decision', pointer: string): void => {
  if (register.existsOn(board, on)) return;
  const name = nameOf(register, board);
  const successor = register.successorOf(board, on);
  const prefix = of === 'board' ? 'board.' : 'decision.board-';
  if (successor !== undefined) {
    const next = nameOf(register, successor);
    throw contradictory(
      `${prefix}ended`,
      {
        sv: `${name} fanns inte längre den ${on}; då hade ${next} tagit över. Ange ${next}, eller en tidigare dag.`,
        en: `${name} no longer existed on ${on}; ${next} had taken over by then. State ${next}, or an earlier day.`,
      },
      pointer,
    );
  }
  const before = register.predecessorsOf(board, LAST).filter((one) => one !== board && register.isBoard(one) && register.existsOn(one, on));
  const names = before.map((one) => nameOf(register, one));
  throw contradictory(
    `${prefix}not-yet`,
    names.length === 0
      ? { sv: `${name} fanns inte än den ${on}. Ange en senare dag.`, en: `${name} did not exist yet on ${on}. State a later day.` }
      : {
          sv: `${name} fanns inte än den ${on}; då fanns i stället ${names.join(' och ')}. Ange rätt nämnd, eller en senare dag.`,
          en: `${name} did not exist yet on ${on}; there was ${names.join(' and ')} instead. State the right board, or a later day.`,
        },
    pointer,
  );
};

const nameOf = (register: Register, unit: string): string => register.unit(unit)?.name ?? unit;
