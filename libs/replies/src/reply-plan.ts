import { Type, type Static } from 'typebox';
import { CodeType, DayType, IdType } from '#libs/kernel';

/**
 * Why there is no plan: no meeting of the deciding board is known; the last day has passed; none of its meetings that can still be
 * reached lies early enough; one does, but no meeting of the preparing board comes before it.
 */
export const NO_PLAN = ['no-meetings-known', 'last-day-passed', 'no-meeting-before-last-day', 'no-preparing-meeting'] as const;
export type NoPlan = (typeof NO_PLAN)[number];

const closed = { additionalProperties: false } as const;
const lastOn = DayType('The last day that it was counted back from.');
const countedOn = DayType('The day it was counted.');
const meeting = {
  meeting: IdType('The meeting.'),
  board: IdType('Whose meeting it is: the board itself, or its successor on that day.'),
  on: DayType('The day of the meeting.'),
  stopOn: DayType('The last day on which the matter can be handed in for it.'),
  papersOn: DayType('The day its papers are sent.'),
};

export const MeetingOfPlan = Type.Object(meeting, closed);
export type MeetingOfPlan = Readonly<Static<typeof MeetingOfPlan>>;

/** A step before the meeting. Its day is the last that suits the steps after it; left out where its own calendar has none. */
export const StepOfPlan = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120, description: 'What is done, such as förvaltningsgruppen.' }),
    on: Type.Optional(DayType('The last day for it.')),
    before: CodeType(['step', 'stop', 'papers', 'meeting'], 'What it has to come before.'),
    beforeOn: DayType('The day of that.'),
    workingDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 250, description: 'How many working days before.' })),
    ownCalendar: Type.Optional(Type.Literal(true, { description: 'It has meeting days of its own.' })),
    short: Type.Optional(Type.Literal(true, { description: 'Its day had already passed when it was counted.' })),
  },
  closed,
);
export type StepOfPlan = Readonly<Static<typeof StepOfPlan>>;

export const WayThere = Type.Object(
  {
    lastOn,
    countedOn,
    dispatchOn: DayType('The last working day on which the decision can be dispatched.'),
    minutesOn: DayType('The last day for the minutes to be approved.'),
    atOnce: Type.Optional(Type.Literal(true, { description: 'The point must be declared approved at once: the fourteen days are not there.' })),
    meeting: MeetingOfPlan,
    preparing: Type.Optional(MeetingOfPlan),
    steps: Type.Array(StepOfPlan, { maxItems: 30, description: 'In the order in which they are to be taken.' }),
  },
  closed,
);
/** A way to a reply in time, counted back from its last day (domain §3.2.7). */
export type WayThere = Readonly<Static<typeof WayThere>>;

export const NoWay = Type.Object(
  {
    none: CodeType(NO_PLAN, 'Why there is no plan.'),
    lastOn,
    countedOn,
    next: Type.Optional(
      Type.Object(
        {
          meeting: MeetingOfPlan,
          preparing: Type.Optional(MeetingOfPlan),
          extensionTo: DayType('The first day on which a reply decided at that meeting can be dispatched with its minutes approved as usual.'),
        },
        { ...closed, description: 'The next meeting that could decide it.' },
      ),
    ),
  },
  closed,
);
/** No meeting suffices: an extension (anstånd) or an urgent decision (KL 6:39) is the way out. */
export type NoWay = Readonly<Static<typeof NoWay>>;

export const ReplyPlan = Type.Union([WayThere, NoWay]);
export type ReplyPlan = WayThere | NoWay;

/**
 * What stands in the way of a reply that is awaited: no plan, or one whose meeting has been, with its minutes approved by now, and nothing has
 * come of it.
 */
export const PROBLEMS = [...NO_PLAN, 'meeting-passed'] as const;
export type Problem = (typeof PROBLEMS)[number];

/** Whether there is a way. */
export const isThere = (plan: ReplyPlan): plan is WayThere => !('none' in plan);
