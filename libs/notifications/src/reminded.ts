import type { Streams } from '#libs/commands';
import type { Event, Stream } from '#libs/kernel';
import { deadlineEvents, evolveDeadlines, type DeadlineEvent, type DeadlinePlan, type Deadlines } from '#libs/timers';

const TYPES = new Set<string>(deadlineEvents.map(({ type }) => type));
const isDeadlineEvent = (event: Event): event is DeadlineEvent => TYPES.has(event.type);

/** The deadlines of any owner, whatever else its stream holds. */
const deadlinesOf = (kind: string): Stream<Deadlines, Event> => ({
  name: kind,
  events: deadlineEvents,
  initial: {},
  evolve: (deadlines, event) => (isDeadlineEvent(event) ? evolveDeadlines(deadlines, event) : deadlines),
});

/** What a reminder reminds of, as it stood when it was issued: a mail that goes late says what it would have said in time. */
export interface Reminded {
  readonly plan: DeadlinePlan;
  /** Which reminder of its kind, from 0. */
  readonly occurrence: number;
  readonly escalation: boolean;
}

/**
 * Reads it from the owner's stream.
 * @param issuedBy the event that issued the reminder
 * @throws TypeError when the stream does not hold it: view and log do not belong together
 */
export const reminded = async (streams: Streams, tenant: string, stream: string, issuedBy: string): Promise<Reminded> => {
  const kind = deadlinesOf(stream.slice(0, -37));
  const { happened } = await streams.tell(tenant, kind, stream.slice(-36));
  let deadlines = kind.initial;
  for (const { event } of happened) {
    deadlines = kind.evolve(deadlines, event, event);
    if (event.id !== issuedBy || !isDeadlineEvent(event) || event.type !== 'ReminderIssued') continue;
    const plan = deadlines[event.data.deadline]?.plan;
    if (plan) return { plan, occurrence: event.data.occurrence, escalation: event.data.escalation ?? false };
  }
  throw new TypeError(`${stream} does not hold the reminder that ${issuedBy} issued.`);
};
