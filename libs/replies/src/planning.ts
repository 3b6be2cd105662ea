import type { Need } from '#libs/commands';
import { event, type Day } from '#libs/kernel';
import { boardCalendar, type BoardCalendar } from '#libs/meetings';
import { organisationId, organisationStream, registerOf, type Register } from '#libs/organisation';
import { countBack, type CalendarMeeting, type PreparationStep } from './count-back.js';
import type { CountedBecause } from './reply.codes.js';
import { ReplyPlanned, type ReplyEvent } from './reply.events.js';
import { reply as replies, type DecisionChain, type Known, type Reply } from './reply.js';
import { isThere, type ReplyPlan } from './reply-plan.js';

/** What a plan is counted with: who holds what on which day, and the calendars of all who come to hold it. */
export interface Planning {
  readonly register: Pick<Register, 'holderOn'>;
  /** By board. */
  readonly calendars: ReadonlyMap<string, BoardCalendar>;
}

/** Everybody who holds a board's duties at some time: itself, and whoever succeeded it. */
const holdersOf = (board: string, register: Register, days: readonly Day[]): readonly string[] => [board, ...days.map((on) => register.holderOn(board, on))];

/**
 * The calendars that a reply's plan hangs on: those of the boards on its chain and of their successors (Älvsjö's reply is counted by
 * Hägersten-Älvsjö's from 1 July 2020). Each calendar is a basis of the plan.
 * @param id which reply
 * @param more boards that the command itself brings in
 */
export const planning =
  <C>(id: (command: C) => string, more: (command: C) => readonly (string | undefined)[] = () => []): Need<C, Planning> =>
  async (reads, command, context) => {
    const [{ state }, organisation] = await Promise.all([reads.fold(replies, id(command)), reads.fold(organisationStream, organisationId(context.tenant))]);
    const register = registerOf(organisation.state);
    const successions = organisation.state.status === 'registered' ? organisation.state.successions.map(({ on }) => on) : [];
    const boards = new Set([...boardsOf(state), ...more(command)].flatMap((board) => (board === undefined ? [] : holdersOf(board, register, successions))));
    const read = (board: string) => boardCalendar(() => board)(reads, command, context);
    const loaded = await Promise.all([...boards].map(async (board) => [board, await read(board)] as const));
    return {
      value: { register, calendars: new Map(loaded.map(([board, { value }]) => [board, value])) },
      basis: [...(organisation.lastId === undefined ? [] : [organisation.lastId]), ...loaded.flatMap(([, { basis = [] }]) => basis)],
    };
  };

const boardsOf = (state: Reply): readonly (string | undefined)[] =>
  state.status === 'none' ? [] : [state.board, state.chain.decidingBoard, state.chain.preparingBoard];

/** The meetings of whoever holds a board's duties on their day: a board that is no more meets no more, whatever its calendar says. */
const meetingsOf = (board: string, { register, calendars }: Planning): readonly CalendarMeeting[] =>
  [...calendars.values()].flatMap((calendar) =>
    calendar.meetings.filter(({ on }) => register.holderOn(board, on) === calendar.board).map((meeting) => ({ ...meeting, board: calendar.board })),
  );

/** The steps of whoever holds a board's duties that day; of its own calendar where the holder has set none. */
const stepsOf = (board: string, { register, calendars }: Planning, on: Day): readonly PreparationStep[] => {
  const held = calendars.get(register.holderOn(board, on))?.steps ?? [];
  return held.length > 0 ? held : (calendars.get(board)?.steps ?? []);
};

/** The plan of a reply as it stands; undefined where none is to be made: nothing is due, or what was due has happened. */
const planOf = (state: Known, planned: Planning, today: Day): ReplyPlan | undefined => {
  const { status, dueOn, chain, plan, undecidedAt } = state;
  if (status !== 'awaited' || dueOn === undefined) return undefined;
  const { decidingBoard, preparingBoard, steps = stepsOf(preparingBoard ?? decidingBoard, planned, dueOn), minutes } = chain;
  const open = (board: string) => meetingsOf(board, planned).filter(({ meeting }) => !undecidedAt.includes(meeting));
  return countBack({
    lastOn: dueOn,
    today,
    deciding: open(decidingBoard),
    ...(preparingBoard !== undefined && { preparing: open(preparingBoard) }),
    steps,
    onItsWayTo: onItsWay(plan, chain),
    atOnce: minutes === 'at-once',
  });
};

/** The meetings that the plan so far led to. */
const onItsWay = (plan: ReplyPlan | undefined, { preparingBoard }: DecisionChain): readonly string[] =>
  plan && isThere(plan) ? [plan.meeting.meeting, ...(plan.preparing && preparingBoard !== undefined ? [plan.preparing.meeting] : [])] : [];

/** Counts the plan, and says so where it differs from the one before: what stays visible of each is why it was counted. */
export const counted = (state: Known, planned: Planning, today: Day, because: CountedBecause, undecidedAt?: string): readonly ReplyEvent[] => {
  const left = undecidedAt === undefined || state.undecidedAt.includes(undecidedAt) ? state.undecidedAt : [...state.undecidedAt, undecidedAt];
  const plan = planOf({ ...state, undecidedAt: left }, planned, today);
  const calendars = [...planned.calendars.keys()].toSorted();
  if (plan === undefined || (left === state.undecidedAt && isSame(plan, state.plan) && calendars.join() === state.calendars.join())) return [];
  return [event(ReplyPlanned, { reply: state.reply, plan, because, calendars, ...(left.length > 0 && { undecidedAt: [...left] }) })];
};

/** The same days; on which day they were counted, and what had passed by then, is no other plan. */
const isSame = (a: ReplyPlan, b: ReplyPlan | undefined): boolean => b !== undefined && JSON.stringify(essence(a)) === JSON.stringify(essence(b));

const essence = (plan: ReplyPlan): unknown => {
  if (!isThere(plan)) return [plan.none, plan.lastOn, plan.next];
  const { lastOn, dispatchOn, minutesOn, atOnce, meeting, preparing, steps } = plan;
  return [
    lastOn,
    dispatchOn,
    minutesOn,
    atOnce,
    meeting,
    preparing,
    steps.map(({ name, on, before, beforeOn, workingDays, ownCalendar }) => [name, on, before, beforeOn, workingDays, ownCalendar]),
  ];
};
