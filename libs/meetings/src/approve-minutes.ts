import { DayField, Id, ListOfIds } from '#libs/fields';
import { contradictory, event, forbidden, type Day, type Decide } from '#libs/kernel';
import type { AwaitedNeeds } from './awaited.js';
import { MinutesApproved, type MeetingEvent } from './meeting.events.js';
import { nextApproval, type Approval, type Meeting, type OpenMeeting } from './meeting.js';
import { assertGathers, assertNotFuture, assertPoint, foundParagraph } from './meetings.refusals.js';
import { recorded } from './recorded.js';

/**
 * Minutes are approved (justering): the whole of them, some paragraphs, or some points that were declared approved at once.
 * What they hold counts from that day. What is entered into minutes that are approved as a whole counts with them.
 */
export class ApproveMinutes {
  @Id('The meeting.') meeting!: string;
  @DayField('The day they were approved.') on!: Day;
  @ListOfIds('These paragraphs alone; the whole minutes where this and points are left out.', { min: 1, max: 200, optional: true }) paragraphs?: string[];
  @ListOfIds('These points alone, declared approved at once.', { min: 1, max: 200, optional: true }) points?: string[];
}

export const approveMinutes: Decide<ApproveMinutes, Meeting, MeetingEvent, AwaitedNeeds> = (command, state, { today, ...given }) => {
  assertGathers(state);
  const { meeting, on, paragraphs, points } = command;
  if (paragraphs && points) {
    throw contradictory(
      'minutes.paragraphs-or-points',
      {
        sv: 'Ange antingen paragrafer eller punkter, eller inget av dem om hela protokollet justerades.',
        en: 'State either paragraphs or points, or none of them where the whole minutes were approved.',
      },
      '/points',
    );
  }
  paragraphs?.forEach((one, place) => foundParagraph(state, one, `/paragraphs/${place}`));
  points?.forEach((one, place) => assertPoint(state, one, `/points/${place}`));
  const known = state.approvals.find((one) => covers(one, command));
  if (known?.on === on) return [];
  if (known) throw approvedAlready(known);
  assertNotFuture(on, today);
  const approval = nextApproval(state);
  return recorded(state, [event(MinutesApproved, { meeting, approval, on, ...(paragraphs && { paragraphs }), ...(points && { points }) })], given);
};

/** Whether what is to be approved was approved, or a part of it. What the whole minutes also cover may have been approved before them. */
const covers = ({ covers: of, ids }: Approval, { paragraphs, points }: ApproveMinutes): boolean => {
  if (paragraphs) return of === 'paragraphs' && paragraphs.some((one) => ids.includes(one));
  return points ? of === 'points' && points.some((one) => ids.includes(one)) : of === 'all';
};

const approvedAlready = ({ on }: OpenMeeting['approvals'][number]) =>
  forbidden('minutes.approved-already', {
    sv: `Det justerades redan ${on}. Rätta den dagen om den är fel, eller ange bara det som återstår.`,
    en: `That was approved already, on ${on}. Correct that day if it is wrong, or state only what remains.`,
  });
