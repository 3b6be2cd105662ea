import { never, type Day, type Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type Deadlines } from '#libs/timers';
import type { DecisionRefData } from './decision-ref.js';
import type { DatedFact, DecidedKind, MEETING_KINDS, Outcome, RESERVATIONS, URGENT_DECIDERS } from './meeting.codes.js';
import * as events from './meeting.events.js';
import type { MeetingEvent } from './meeting.events.js';

/** Whom a decision is sent to: a unit or body of the register, or whoever else by name. */
export interface Recipient {
  readonly body?: string;
  readonly name?: string;
}

/** What a point is about, where it is about something that the product knows. */
export interface DecidedObject {
  readonly kind: DecidedKind;
  readonly id: string;
  readonly version?: string;
}

export interface Point {
  readonly point: string;
  readonly text: string;
  readonly outcome: Outcome;
  readonly object?: DecidedObject;
  /** Declared approved at once: it counts from the day of the meeting. */
  readonly atOnce?: true;
}

export interface Reservation {
  readonly kind: (typeof RESERVATIONS)[number];
  readonly by: string;
  readonly text?: string;
}

/** What the minutes say in one paragraph. */
export interface ParagraphContent {
  readonly number: string;
  readonly title: string;
  readonly registryNumber?: string;
  readonly patternKnown?: boolean;
  readonly points: readonly Point[];
  readonly reservations?: readonly Reservation[];
  readonly dispatchTo?: readonly Recipient[];
}

/** One paragraph, and what became of it. */
export interface Paragraph extends ParagraphContent {
  readonly paragraph: string;
  readonly dispatches: readonly { readonly to: readonly Recipient[]; readonly on: Day }[];
  readonly served: readonly { readonly to: string; readonly on: Day }[];
}

/** Minutes are approved as a whole, by paragraphs, or for points that were declared approved at once; each approval is announced for itself. */
export interface Approval {
  /** Which of them, from 1. */
  readonly approval: number;
  readonly on: Day;
  readonly covers: 'all' | 'paragraphs' | 'points';
  /** Ids of the paragraphs or points; empty where all are covered. */
  readonly ids: readonly string[];
  /** Made by points being recorded as approved at once: its day is that of the meeting. */
  readonly atOnce: boolean;
  readonly announcedOn?: Day;
  readonly endedOn?: Day;
}

export interface Annulment {
  readonly point: string;
  readonly court: string;
  readonly on: Day;
  readonly caseNumber?: string;
}

export interface Mandate {
  readonly decider: (typeof URGENT_DECIDERS)[number];
  readonly reference: string;
  readonly decision?: DecisionRefData;
}

/** What every meeting that was opened has. */
export interface Opened {
  readonly meeting: string;
  readonly board: string;
  readonly on: Day;
  readonly kind: (typeof MEETING_KINDS)[number];
  readonly mandate?: Mandate;
  /** Each day on which papers were sent, in the order recorded. */
  readonly papersSentOn: readonly Day[];
  /** In the order they were recorded. */
  readonly paragraphs: readonly Paragraph[];
  readonly approvals: readonly Approval[];
  readonly annulments: readonly Annulment[];
  /** Where an urgent decision was reported to the board. */
  readonly reported?: { readonly atMeeting: string; readonly on: Day };
  readonly deadlines: Deadlines;
}

export type OpenMeeting = Opened & { readonly status: 'open' };

/** A meeting and its minutes, from nobody having opened it on. An urgent decision is one with nobody gathered. */
export type Meeting = { readonly status: 'none' } | OpenMeeting | (Opened & { readonly status: 'cancelled' });

/** The paragraph that holds a point. */
export const paragraphOf = ({ paragraphs }: Pick<Opened, 'paragraphs'>, point: string): Paragraph | undefined =>
  paragraphs.find(({ points }) => points.some((one) => one.point === point));

const covering = (approval: Approval, paragraph: string, point: string): boolean => {
  switch (approval.covers) {
    case 'all':
      return true;
    case 'paragraphs':
      return approval.ids.includes(paragraph);
    case 'points':
      return approval.ids.includes(point);
    default:
      return never(approval.covers);
  }
};

const earliest = (days: readonly Day[]): Day | undefined => days.toSorted()[0];

/**
 * The day from which a point counts: the first on which its minutes were approved, the meeting's own where it was declared approved
 * at once, and for an urgent decision the day it was made. Undefined as long as none of this is recorded.
 */
export const countsFrom = (meeting: Opened, paragraph: string, point: string): Day | undefined =>
  meeting.kind === 'urgent' ? meeting.on : earliest(meeting.approvals.flatMap((one) => (covering(one, paragraph, point) ? [one.on] : [])));

/** The day from which the first of a paragraph's points counts. */
export const paragraphCountsFrom = (meeting: Opened, { paragraph, points }: Paragraph): Day | undefined =>
  earliest(points.flatMap(({ point }) => countsFrom(meeting, paragraph, point) ?? []));

/** The court's annulment of a point, where there is one. */
export const annulmentOf = ({ annulments }: Pick<Opened, 'annulments'>, point: string): Annulment | undefined => annulments.find((one) => one.point === point);

/** The number that the next approval of these minutes has. */
export const nextApproval = ({ approvals }: Pick<Opened, 'approvals'>): number => approvals.length + 1;

const sameRecipient = (one: Recipient, other: Recipient): boolean => one.body === other.body && one.name === other.name;
/** Whom a paragraph is still to be dispatched to. */
export const undispatched = ({ dispatchTo = [], dispatches }: Pick<Paragraph, 'dispatchTo' | 'dispatches'>): readonly Recipient[] =>
  dispatchTo.filter((recipient) => !dispatches.some(({ to }) => to.some((one) => sameRecipient(one, recipient))));

/** Points that were declared approved at once make one approval, of the day of the meeting. */
const withAtOnce = (meeting: Opened): readonly Approval[] => {
  const ids = meeting.paragraphs.flatMap(({ points }) => points.flatMap(({ point, atOnce }) => (atOnce ? [point] : [])));
  const others = meeting.approvals.filter(({ atOnce }) => !atOnce);
  const known = meeting.approvals.find(({ atOnce }) => atOnce);
  if (known) return meeting.approvals.map((one) => (one === known ? { ...one, ids } : one));
  if (ids.length === 0 || meeting.kind === 'urgent') return meeting.approvals;
  return [...others, { approval: nextApproval(meeting), on: meeting.on, covers: 'points', ids, atOnce: true }];
};

const withContent = (meeting: OpenMeeting, paragraphs: readonly Paragraph[]): OpenMeeting => {
  const changed = { ...meeting, paragraphs };
  return { ...changed, approvals: withAtOnce(changed) };
};

const onDay = (meeting: OpenMeeting, on: Day): OpenMeeting => ({
  ...meeting,
  on,
  approvals: meeting.approvals.map((one) => (one.atOnce ? { ...one, on } : one)),
});

const approvalChanged = (meeting: OpenMeeting, number: number | undefined, change: Partial<Approval>): OpenMeeting => ({
  ...meeting,
  approvals: meeting.approvals.map((one) => (one.approval === number ? { ...one, ...change } : one)),
});

const paragraphChanged = (meeting: OpenMeeting, id: string | undefined, change: (paragraph: Paragraph) => Paragraph): OpenMeeting => ({
  ...meeting,
  paragraphs: meeting.paragraphs.map((one) => (one.paragraph === id ? change(one) : one)),
});

interface CorrectedDay {
  readonly fact: DatedFact;
  readonly approval?: number;
  readonly paragraph?: string;
  readonly point?: string;
  readonly from: Day;
  readonly to: Day;
}

const corrected = (meeting: OpenMeeting, { fact, approval, paragraph, point, from, to }: CorrectedDay): OpenMeeting => {
  const instead = <T extends { readonly on: Day }>(one: T): T => (one.on === from ? { ...one, on: to } : one);
  switch (fact) {
    case 'papers-sent':
      return { ...meeting, papersSentOn: meeting.papersSentOn.map((on) => (on === from ? to : on)) };
    case 'minutes-approved':
      return approvalChanged(meeting, approval, { on: to });
    case 'minutes-announced':
      return approvalChanged(meeting, approval, { announcedOn: to });
    case 'announcement-ended':
      return approvalChanged(meeting, approval, { endedOn: to });
    case 'decision-dispatched':
      return paragraphChanged(meeting, paragraph, (one) => ({ ...one, dispatches: one.dispatches.map(instead) }));
    case 'decision-served':
      return paragraphChanged(meeting, paragraph, (one) => ({ ...one, served: one.served.map(instead) }));
    case 'decision-annulled':
      return { ...meeting, annulments: meeting.annulments.map((one) => (one.point === point ? { ...one, on: to } : one)) };
    case 'urgent-decided':
      return onDay(meeting, to);
    case 'urgent-reported':
      return meeting.reported ? { ...meeting, reported: { ...meeting.reported, on: to } } : meeting;
    default:
      return never(fact);
  }
};

/** The meeting after the event. */
export const evolveMeeting = (state: Meeting, event: MeetingEvent): Meeting => {
  if (event.type === 'MeetingOpened') {
    const nothingYet = { papersSentOn: [], paragraphs: [], approvals: [], annulments: [], deadlines: {} };
    return { status: 'open', ...event.data, ...nothingYet };
  }
  if (state.status === 'none') return state; // a meeting begins with its opening; nothing else can stand first
  const meeting: OpenMeeting = { ...state, status: 'open' };
  switch (event.type) {
    case 'OpenedMeetingMoved':
      return onDay(meeting, event.data.to);
    case 'OpenedMeetingCancelled':
      return { ...state, status: 'cancelled' };
    case 'PapersSent':
      return { ...meeting, papersSentOn: [...meeting.papersSentOn, event.data.on] };
    case 'ParagraphRecorded': {
      const { meeting: _, ...content } = event.data;
      return withContent(meeting, [...meeting.paragraphs, { ...content, dispatches: [], served: [] }]);
    }
    case 'ParagraphCorrected': {
      const { meeting: _, reason: __, ...content } = event.data;
      const reworded = ({ dispatches, served }: Paragraph): Paragraph => ({ ...content, dispatches, served });
      return withContent(meeting, paragraphChanged(meeting, content.paragraph, reworded).paragraphs);
    }
    case 'MinutesApproved': {
      const { approval, on, paragraphs, points } = event.data;
      const covers = paragraphs ? 'paragraphs' : points ? 'points' : 'all';
      return { ...meeting, approvals: [...meeting.approvals, { approval, on, covers, ids: paragraphs ?? points ?? [], atOnce: false }] };
    }
    case 'MinutesAnnounced':
      return approvalChanged(meeting, event.data.approval, { announcedOn: event.data.on });
    case 'AnnouncementEnded':
      return approvalChanged(meeting, event.data.approval, { endedOn: event.data.on });
    case 'DecisionDispatched': {
      const { paragraph, to, on } = event.data;
      return paragraphChanged(meeting, paragraph, (one) => ({ ...one, dispatches: [...one.dispatches, { to, on }] }));
    }
    case 'DecisionServed': {
      const { paragraph, to, on } = event.data;
      return paragraphChanged(meeting, paragraph, (one) => ({ ...one, served: [...one.served, { to, on }] }));
    }
    case 'DecisionAnnulled': {
      const { meeting: _, ...annulment } = event.data;
      return { ...meeting, annulments: [...meeting.annulments, annulment] };
    }
    case 'UrgentDecisionReported': {
      const { atMeeting, on } = event.data;
      return { ...meeting, reported: { atMeeting, on } };
    }
    case 'RecordedDayCorrected':
      return corrected(meeting, event.data);
    case 'DeadlineSet':
    case 'DeadlineMoved':
    case 'DeadlineMet':
    case 'DeadlineMissed':
    case 'LatenessWithdrawn':
    case 'DeadlineClosed':
    case 'ReminderIssued':
    case 'RemindersSuppressed':
      return { ...state, deadlines: evolveDeadlines(state.deadlines, event) };
    default:
      return never(event);
  }
};

/** The stream of one meeting or urgent decision: `meeting-<uuid>`. */
export const meeting: Stream<Meeting, MeetingEvent> = {
  name: 'meeting',
  events: [...Object.values(events), ...deadlineEvents],
  initial: { status: 'none' },
  evolve: evolveMeeting,
};

/** The board that meets. */
export const boardOf = (state: Meeting): string | undefined => (state.status === 'none' ? undefined : state.board);
/** The deadlines of a meeting's minutes. */
export const deadlinesOf = (state: Meeting): Deadlines => (state.status === 'none' ? {} : state.deadlines);
