import { addDays, addWorkingDays, isAfter, isBefore, rollBack, rollForward, type Day } from '#libs/kernel';
import type { MeetingOfPlan, NoPlan, ReplyPlan, StepOfPlan } from './reply-plan.js';

/** Minutes are approved within fourteen days from the meeting (KL 5:69, by 6:35 for boards). */
const MINUTES_DAYS = 14;

/** A meeting of a board's calendar. */
export interface CalendarMeeting extends MeetingOfPlan {
  readonly cancelled: boolean;
}

/** What has to be done before the meeting, as data of a board. */
export interface PreparationStep {
  readonly name: string;
  /** Working days before the next step; the day before it where left out. */
  readonly workingDays?: number;
  /** Its own meeting days, as förvaltningsgruppen and the council for disability questions have. */
  readonly calendar?: readonly Day[];
  /** It may come between papers sent and meeting: in [000] the consultations did, eight days before the board met. */
  readonly afterPapers?: true;
}

export interface CountBack {
  readonly lastOn: Day;
  readonly today: Day;
  /** Meetings of the deciding board, each of whoever holds its duties on that day. */
  readonly deciding: readonly CalendarMeeting[];
  /** Those of the preparing board, where there is one. */
  readonly preparing?: readonly CalendarMeeting[];
  /** In the order in which they are taken. */
  readonly steps?: readonly PreparationStep[];
  /** Meetings that the matter is already on its way to: that their stop day or their day has passed does not speak against them. */
  readonly onItsWayTo?: readonly string[];
  /** The board has decided to have the point approved at once. */
  readonly atOnce?: boolean;
}

/** A meeting that can decide, with the one that prepares. */
interface Pair {
  readonly deciding: CalendarMeeting;
  readonly preparing?: CalendarMeeting;
}

/** The last day for the minutes: the fourteenth after the meeting, or the working day before it. */
export const minutesLastOn = (meetingOn: Day): Day => {
  const last = rollBack(addDays(meetingOn, MINUTES_DAYS));
  return isBefore(last, meetingOn) ? meetingOn : last;
};

/**
 * The way to a reply that is dispatched by its last day, counted back from that: dispatch, minutes, the deciding board's meeting (the
 * latest that suffices), the preparing board's before its stop day, papers, steps. Where the fourteen days for the minutes are not
 * there for any meeting, the latest at which the point is approved at once; where there is none at all, that, with the next possible one.
 */
export const countBack = (question: CountBack): ReplyPlan => {
  const { lastOn, today, steps = [], atOnce = false } = question;
  const dispatchOn = rollBack(lastOn);
  const pairs = possible(question);
  const ordinary = pairs.filter(({ deciding }) => !isAfter(minutesLastOn(deciding.on), dispatchOn));
  const hurried = pairs.filter(({ deciding }) => !isAfter(deciding.on, dispatchOn));
  const chosen = (atOnce ? undefined : ordinary.at(-1)) ?? hurried.at(-1);
  if (isBefore(lastOn, today) && !isOnItsWay(question, chosen)) return noWay(question, 'last-day-passed', pairs);
  if (chosen === undefined) return noWay(question, whyNone(question, dispatchOn), pairs);
  const { deciding, preparing } = chosen;
  const usual = !atOnce && ordinary.includes(chosen);
  return {
    lastOn,
    countedOn: today,
    dispatchOn,
    minutesOn: usual ? minutesLastOn(deciding.on) : deciding.on,
    ...(usual ? {} : { atOnce: true as const }),
    meeting: placeOf(deciding),
    ...(preparing && { preparing: placeOf(preparing) }),
    steps: stepsBefore(preparing ?? deciding, steps, today),
  };
};

const placeOf = ({ meeting, board, on, stopOn, papersOn }: CalendarMeeting): MeetingOfPlan => ({ meeting, board, on, stopOn, papersOn });

const byDay = (a: CalendarMeeting, b: CalendarMeeting): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.meeting < b.meeting ? -1 : 1);

/** Meetings that take place and that the matter can still reach, in their order. */
const reachable = (meetings: readonly CalendarMeeting[], { today, onItsWayTo = [] }: CountBack): readonly CalendarMeeting[] =>
  meetings
    .filter(({ meeting, on, stopOn, cancelled }) => !cancelled && (onItsWayTo.includes(meeting) || (!isBefore(on, today) && !isBefore(stopOn, today))))
    .toSorted(byDay);

/** Each meeting that can decide, with the latest that prepares before its stop day. */
const possible = (question: CountBack): readonly Pair[] => {
  const { deciding, preparing } = question;
  const before = preparing && reachable(preparing, question);
  return reachable(deciding, question).flatMap((one): readonly Pair[] => {
    if (before === undefined) return [{ deciding: one }];
    const last = before.findLast(({ on }) => isBefore(on, one.stopOn));
    return last ? [{ deciding: one, preparing: last }] : [];
  });
};

const isOnItsWay = ({ onItsWayTo = [] }: CountBack, pair: Pair | undefined): boolean => pair !== undefined && onItsWayTo.includes(pair.deciding.meeting);

const whyNone = (question: CountBack, dispatchOn: Day): NoPlan => {
  const known = reachable(question.deciding, question);
  if (known.length === 0) return 'no-meetings-known';
  return known.some(({ on }) => !isAfter(on, dispatchOn)) ? 'no-preparing-meeting' : 'no-meeting-before-last-day';
};

const noWay = ({ lastOn, today }: CountBack, none: NoPlan, pairs: readonly Pair[]): ReplyPlan => {
  const next = pairs.find(({ deciding }) => !isBefore(deciding.on, today));
  const found = next && {
    meeting: placeOf(next.deciding),
    ...(next.preparing && { preparing: placeOf(next.preparing) }),
    extensionTo: rollForward(minutesLastOn(next.deciding.on)),
  };
  return { none, lastOn, countedOn: today, ...(found && { next: found }) };
};

/** The steps before a meeting, each as late as those after it allow. */
const stepsBefore = ({ on, stopOn, papersOn }: CalendarMeeting, steps: readonly PreparationStep[], today: Day): StepOfPlan[] => {
  const [handedIn, until] = isBefore(papersOn, stopOn) ? (['papers', papersOn] as const) : (['stop', stopOn] as const);
  let next: { readonly what: StepOfPlan['before']; readonly on: Day } = { what: 'meeting', on };
  const placed: StepOfPlan[] = [];
  for (const step of steps.toReversed()) {
    if (step.afterPapers !== true && isBefore(until, next.on)) next = { what: handedIn, on: until };
    const day = dayOf(step, next.on);
    placed.unshift({
      name: step.name,
      ...(day !== undefined && { on: day }),
      before: next.what,
      beforeOn: next.on,
      ...(step.workingDays !== undefined && { workingDays: step.workingDays }),
      ...(step.calendar && { ownCalendar: true as const }),
      ...(day !== undefined && isBefore(day, today) && { short: true as const }),
    });
    if (day !== undefined) next = { what: 'step', on: day };
  }
  return placed;
};

const dayOf = ({ workingDays, calendar }: PreparationStep, nextOn: Day): Day | undefined => {
  const last = workingDays === undefined ? addDays(nextOn, -1) : addWorkingDays(nextOn, -workingDays);
  return calendar
    ? calendar
        .filter((day) => !isAfter(day, last))
        .toSorted()
        .at(-1)
    : rollBack(last);
};
