import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { addDays, atLocalTime, day, derivedId, isAfter, MAX_EVENTS, Refusal, stockholmDay, type Day, type Decide, type Instant } from '#libs/kernel';
import { stateAfter } from '#libs/testing';
import { isLate, knock, nextKnock } from '#libs/timers';
import { foldAll, happenedIn } from '#libs/views';
import { annulDecision } from './annul-decision.js';
import { announceMinutes } from './announce-minutes.js';
import { approveMinutes } from './approve-minutes.js';
import { awaitedId, type AwaitedType } from './awaited.js';
import { correctParagraph } from './correct-paragraph.js';
import { correctRecordedDay } from './correct-recorded-day.js';
import { dispatchDecision } from './dispatch-decision.js';
import { endAnnouncement } from './end-announcement.js';
import { followCalendar } from './follow-calendar.js';
import { assertInOrder } from './in-order.js';
import type { MeetingEvent } from './meeting.events.js';
import { countsFrom, meeting, undispatched, type Opened } from './meeting.js';
import { asSaid, calendarAfter, content, ids, moved, needs, on, opened, planned } from './meetings.given.js';
import { meetingsView, type ApprovalInRow } from './meetings.view.js';
import { recordParagraph } from './record-paragraph.js';
import { sendPapers } from './send-papers.js';

const MEETING_DAY = day('2022-06-14');
const numbers = ['§ 1', '§ 2', '§ 3'] as const;
const recipients = [{ body: ids.education }, { name: 'Länsstyrelsen' }];

/** A day around the meeting, most often after it. */
const days = fc.integer({ min: -3, max: 45 }).map((n) => addDays(MEETING_DAY, n));
const paragraph = fc.record({ number: fc.constantFrom(...numbers), atOnce: fc.boolean(), to: fc.subarray(recipients) });
export const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), n: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('record' as const, 'reword' as const), what: paragraph }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('approve' as const),
      on: days,
      of: fc.constantFrom('all', 'paragraph', 'point'),
      number: fc.constantFrom(...numbers),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('announce' as const, 'end' as const), on: days, approval: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('dispatch' as const),
      on: days,
      number: fc.constantFrom(...numbers),
      to: fc.subarray(recipients, { minLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('annul' as const, 'papers' as const, 'move' as const), on: days, number: fc.constantFrom(...numbers) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      fact: fc.constantFrom(
        'minutes-approved' as const,
        'minutes-announced' as const,
        'announcement-ended' as const,
        'decision-dispatched' as const,
        'papers-sent' as const,
      ),
      approval: fc.integer({ min: 1, max: 4 }),
      number: fc.constantFrom(...numbers),
      to: days,
    }),
  },
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** A meeting to which things happen, and what must hold of it whatever they are. */
export class MeetingRun {
  facts: MeetingEvent[] = [...opened()];
  now: Instant = atLocalTime(day('2022-06-13'), '12:00');
  accepted = 0;
  /** What did not hold, in words; empty where all did. */
  readonly faults: string[] = [];

  get state(): Opened {
    const state = stateAfter(meeting, this.facts, on('2022-06-13'));
    if (state.status === 'none') throw new Error('It was opened.');
    return state;
  }

  take(step: Step): void {
    switch (step.do) {
      case 'pass':
        this.now = atLocalTime(addDays(stockholmDay(this.now), step.n), '12:00');
        return;
      case 'look':
        return this.look();
      case 'record':
        return this.decide(recordParagraph, asSaid({ ...step.what, dispatchTo: step.what.to }));
      case 'reword': {
        const { patternKnown: _, ...said } = content({ ...step.what, dispatchTo: step.what.to });
        return this.decide(correctParagraph, { ...said, reason: 'Skäl.' });
      }
      case 'approve': {
        const { paragraph: of, points } = content({ number: step.number });
        const only = step.of === 'all' ? {} : step.of === 'paragraph' ? { paragraphs: [of] } : { points: [points[0]!.point] };
        return this.decide(approveMinutes, { meeting: ids.meeting, on: step.on, ...only });
      }
      case 'announce':
        return this.decide(announceMinutes, { meeting: ids.meeting, on: step.on, approval: step.approval });
      case 'end':
        return this.decide(endAnnouncement, { meeting: ids.meeting, on: step.on, approval: step.approval });
      case 'dispatch':
        return this.decide(dispatchDecision, { meeting: ids.meeting, paragraph: content({ number: step.number }).paragraph, to: step.to, on: step.on });
      case 'annul':
        return this.decide(annulDecision, {
          meeting: ids.meeting,
          point: content({ number: step.number }).points[1]!.point,
          court: 'Förvaltningsrätten',
          on: step.on,
        });
      case 'papers':
        return this.decide(sendPapers, { meeting: ids.meeting, on: step.on });
      case 'move':
        return this.decide(followCalendar, { meeting: ids.meeting, board: ids.social }, { calendar: calendarAfter(planned(), moved(step.on)) });
      default: {
        const { fact, approval, to, number } = step;
        const { state } = this;
        const of = content({ number }).paragraph;
        const meant = state.approvals.find((one) => one.approval === approval);
        const from = {
          'minutes-approved': meant?.on,
          'minutes-announced': meant?.announcedOn,
          'announcement-ended': meant?.endedOn,
          'decision-dispatched': state.paragraphs.find((one) => one.paragraph === of)?.dispatches[0]?.on,
          'papers-sent': state.papersSentOn[0],
        }[fact];
        return this.decide(correctRecordedDay, { meeting: ids.meeting, fact, approval, paragraph: of, from: from ?? to, to, reason: 'Skäl.' });
      }
    }
  }

  /** What a timer does that looks at everything that is due. */
  private look(): void {
    for (const deadline of Object.values(this.state.deadlines)) {
      const next = nextKnock(deadline);
      if (next) this.facts.push(...knock({ ...next, generation: deadline.generation }, deadline, this.now));
    }
  }

  private decide<C, N>(decision: Decide<C, Extract<ReturnType<typeof meeting.evolve>, object>, MeetingEvent, N>, command: C, more: object = {}): void {
    const asked = { now: this.now, today: stockholmDay(this.now), by: on('2022-06-13').by, id: ids.meeting, tenant: 'stockholm', subject: derivedId('none') };
    const given = { ...asked, ...needs, ...more } as never;
    let facts: readonly MeetingEvent[];
    try {
      facts = decision(command, stateAfter(meeting, this.facts, on('2022-06-13')), given);
    } catch (error) {
      if (error instanceof Refusal) return;
      throw error;
    }
    if (facts.length === 0) return;
    this.accepted++;
    if (facts.length > MAX_EVENTS) this.faults.push(`${facts.length} events at once`);
    this.facts.push(...facts);
    this.holds();
  }

  private holds(): void {
    const { state } = this;
    assertInOrder(state, '/on');
    const whole = earliest(state.approvals.filter(({ covers }) => covers === 'all').map((one) => one.on));
    this.awaits('minutes', 0, state.on, whole);
    for (const { approval, on: approvedOn, announcedOn, covers, ids: of } of state.approvals) {
      if (covers === 'all' || of.length > 0) this.awaits('announcement', approval, approvedOn, announcedOn);
    }
    for (const one of state.paragraphs) {
      if (undispatched(one).length === 0) continue;
      const counts = one.points.some(({ point }) => countsFrom(state, one.paragraph, point) !== undefined);
      const waiting = Object.values(state.deadlines).some(({ plan, status }) => plan.type === 'dispatch' && (status === 'open' || status === 'missed'));
      if (counts && !waiting) this.faults.push(`${one.number} is to be dispatched, and not awaited`);
    }
    const row = foldAll(meetingsView, happenedIn(`meeting-${ids.meeting}`, ...this.facts)).at(-1)!;
    const shown = state.approvals.find(({ covers }) => covers === 'all');
    this.same(
      'the row',
      [row.broken, row.approvedOn, row.announcedOn, row.endedOn],
      [null, shown?.on ?? null, shown?.announcedOn ?? null, shown?.endedOn ?? null],
    );
    this.same('approvals in the row', row.approvals?.map(said), state.approvals.map(said));
  }

  /** The deadline is there, from its day, and met exactly where what is awaited came; late exactly where that was after its day. */
  private awaits(type: AwaitedType, nth: number, startOn: Day, came: Day | undefined): void {
    const deadline = this.state.deadlines[awaitedId(ids.meeting, type, nth)];
    this.same(`${type} ${nth} starts on`, deadline?.plan.startOn, startOn);
    this.same(`${type} ${nth} was met on`, deadline?.status === 'met' ? deadline.metOn : undefined, came);
    if (deadline?.status === 'met') this.same(`${type} ${nth} was late`, isLate(deadline), isAfter(deadline.metOn, deadline.plan.dueOn));
  }

  private same(what: string, actual: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(actual, expected)) this.faults.push(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}

const said = ({ approval, announcedOn, endedOn }: Pick<ApprovalInRow, 'approval' | 'announcedOn' | 'endedOn'>) => [approval, announcedOn, endedOn];
const earliest = (of: readonly Day[]): Day | undefined => of.toSorted()[0];
