import { CodeType, DayType, eventType, IdType, type EventOf } from '#libs/kernel';
import { ROLES } from '#libs/organisation';
import type { DeadlineEvent } from './deadline.events.js';

export const DutyUnheld = eventType('DutyUnheld', {
  name: { sv: 'Roll utan innehavare', en: 'Role unheld' },
  schema: 1,
  byTimer: true,
  data: {
    deadline: IdType('The wait for a new holder.'),
    unit: IdType('The unit or board.'),
    role: CodeType(ROLES, 'The role that nobody holds there.'),
    unheldFrom: DayType('The first day on which nobody does.'),
  },
});

/** What can happen to the duties of a role in a unit: nobody has them, and a new holder is awaited. */
export type DutyEvent = EventOf<typeof DutyUnheld> | DeadlineEvent;
