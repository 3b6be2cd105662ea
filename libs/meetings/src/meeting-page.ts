import { daysBetween, explain, stockholmDay, type Day, type Text } from '#libs/kernel';
import type { Register } from '#libs/organisation';
import { DEADLINE_TYPES, isLate, nextReminder, type Deadline } from '#libs/timers';
import { lastDayOfAppeal } from './in-order.js';
import { annulmentOf, countsFrom, undispatched, type Meeting, type Opened, type Paragraph, type Recipient } from './meeting.js';

const NEXT_MEETING: Text = { sv: 'dagen är nämndens nästa sammanträde', en: 'the day is that of the board’s next meeting' };

/** How something awaited stands on a day. */
const awaitedOn = (deadline: Deadline, today: Day) => {
  const { plan, status } = deadline;
  const late = isLate(deadline) || (status === 'open' && today > plan.dueOn);
  const over = deadline.status === 'met' ? deadline.metOn : deadline.status === 'closed' ? deadline.closedOn : undefined;
  const reminder = status === 'open' || status === 'missed' ? nextReminder(deadline) : undefined;
  return {
    deadline: plan.deadline,
    type: plan.type,
    name: DEADLINE_TYPES.get(plan.type)?.name ?? { sv: plan.type, en: plan.type },
    startOn: plan.startOn,
    dueOn: plan.dueOn,
    why: plan.steps.length > 0 ? explain(plan.steps) : NEXT_MEETING,
    status,
    late,
    daysLate: late ? Math.max(0, daysBetween(plan.dueOn, over ?? today)) : 0,
    ...(over !== undefined && { overOn: over }),
    ...(reminder && { nextReminderOn: stockholmDay(reminder.at) }),
  };
};

/** Everything that the page of a meeting shows, of one meeting as it stood. */
export const meetingPage = (meeting: Exclude<Meeting, { status: 'none' }>, register: Register, today: Day) => {
  const named = (id: string) => ({ id, name: register.unit(id)?.name ?? id });
  const recipient = ({ body, name }: Recipient) => (body === undefined ? { name: name ?? '' } : { body, name: named(body).name });
  return {
    meeting: meeting.meeting,
    status: meeting.status,
    kind: meeting.kind,
    board: named(meeting.board),
    on: meeting.on,
    ...(meeting.mandate && { mandate: meeting.mandate }),
    papersSentOn: meeting.papersSentOn.toSorted(),
    paragraphs: meeting.paragraphs.map((one) => paragraphOnPage(meeting, one, named, recipient)),
    approvals: meeting.approvals.map(({ approval, on, covers, ids, atOnce, announcedOn, endedOn }) => ({
      approval,
      on,
      covers,
      ids,
      atOnce,
      ...(announcedOn !== undefined && { announcedOn, lastDayOfAppeal: lastDayOfAppeal(announcedOn) }),
      ...(endedOn !== undefined && { endedOn }),
    })),
    ...(meeting.reported && { reported: meeting.reported }),
    awaited: Object.values(meeting.deadlines).map((one) => awaitedOn(one, today)),
  };
};

const paragraphOnPage = (
  meeting: Opened,
  paragraph: Paragraph,
  named: (id: string) => { readonly id: string; readonly name: string },
  recipient: (one: Recipient) => object,
) => {
  const { points, dispatches, served, reservations = [], dispatchTo = [], ...rest } = paragraph;
  return {
    ...rest,
    points: points.map((one) => {
      const from = countsFrom(meeting, paragraph.paragraph, one.point);
      const annulled = annulmentOf(meeting, one.point);
      return { ...one, counts: from !== undefined && !annulled, ...(from !== undefined && { countsFrom: from }), ...(annulled && { annulled }) };
    }),
    reservations,
    dispatchTo: dispatchTo.map(recipient),
    undispatched: undispatched(paragraph).map(recipient),
    dispatches: dispatches.map(({ to, on }) => ({ to: to.map(recipient), on })),
    served: served.map(({ to, on }) => ({ to: named(to), on })),
  };
};
