import { derivedId, type Stream } from '#libs/kernel';
import type { Role } from '#libs/organisation';
import { deadlineEvents } from './deadline.events.js';
import { evolveDeadlines, type Deadlines } from './deadline.js';
import { DutyUnheld, type DutyEvent } from './duty.events.js';

/** The duties of a role in a unit: one stream each, for as long as the unit is there. */
export const dutyId = (tenant: string, unit: string, role: Role): string => derivedId(tenant, 'duty', unit, role);

/** One stream per unit and role: `duty-<uuid>`. Who holds it is the register's to say; here stands what is awaited where nobody does. */
export const duty: Stream<Deadlines, DutyEvent> = {
  name: 'duty',
  events: [DutyUnheld, ...deadlineEvents],
  initial: {},
  evolve: (deadlines, event) => (event.type === 'DutyUnheld' ? deadlines : evolveDeadlines(deadlines, event)),
};
