import type { Streams } from '#libs/commands';
import type { Event, Stream } from '#libs/kernel';
import type { Duty } from '#libs/organisation';
import { deadlineEvents, DutyUnheld, evolveDeadlines, type DeadlineEvent, type DeadlinePlan, type Deadlines, type DutyEvent } from '#libs/timers';

const TYPES = new Set<string>(deadlineEvents.map(({ type }) => type));
const isDeadlineEvent = (event: Event): event is DeadlineEvent => TYPES.has(event.type);

const isUnheld = (event: Event): event is Extract<DutyEvent, { type: 'DutyUnheld' }> => event.type === DutyUnheld.type;

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
  /** The role in a unit for which a new holder is awaited; of what awaits anything else left out. */
  readonly unheld?: Duty;
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
  let unheld: Duty | undefined;
  for (const { event } of happened) {
    deadlines = kind.evolve(deadlines, event, event);
    if (isUnheld(event)) unheld = { unit: event.data.unit, role: event.data.role };
    if (event.id !== issuedBy || !isDeadlineEvent(event) || event.type !== 'ReminderIssued') continue;
    const plan = deadlines[event.data.deadline]?.plan;
    if (plan) return { plan, occurrence: event.data.occurrence, escalation: event.data.escalation ?? false, ...(unheld && { unheld }) };
  }
  throw new TypeError(`${stream} does not hold the reminder that ${issuedBy} issued.`);
};
