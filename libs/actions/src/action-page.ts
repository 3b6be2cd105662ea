import { explain, isAfter, stockholmDay, type Day, type Instant } from '#libs/kernel';
import { statementsShown } from '#libs/statements';
import { isLate, nextReminder } from '#libs/timers';
import type { ActionEvent, OwnActionEvent } from './action.events.js';
import { awaitedOccasions, dayDeadline, isAwaited, isUndated, undatedDeadline, type Known, type Planned } from './action.js';

/** A fact of the action with who recorded it, in which role, and when. */
export type RecordedFact = ActionEvent & { readonly at: Instant; readonly by: { readonly role: string; readonly unit: string } };

/** What was recorded by whom: shown with each line of a history. */
const recorded = ({ at, by }: RecordedFact) => ({ recordedAt: at, role: by.role, unit: by.unit });

/** What was said of the promised day. */
interface LineOfDay extends Readonly<Record<string, unknown>> {
  readonly what: 'proposed' | 'read-anew' | 'first-day-set' | 'move-requested' | 'moved' | 'move-refused';
}

/** One line of the history of the promised day. */
const lineOfDay = (fact: RecordedFact): LineOfDay | undefined => {
  const { type, data } = fact;
  switch (type) {
    case 'ActionProposed':
      return data.promisedOn === undefined ? undefined : { what: 'proposed', to: data.promisedOn, ...written(data.timeAsWritten), ...recorded(fact) };
    case 'TimeReadAnew':
      return { what: 'read-anew', ...from(data.from), to: data.to, reason: data.reason, ...written(data.timeAsWritten), ...recorded(fact) };
    case 'FirstDaySet':
      return { what: 'first-day-set', to: data.on, on: data.setOn, ...(data.reason !== undefined && { reason: data.reason }), ...recorded(fact) };
    case 'MoveRequested': {
      const { move, to, reason, needs, requestedOn } = data;
      return { what: 'move-requested', move, to, reason, needs, on: requestedOn, ...recorded(fact) };
    }
    case 'ActionDayMoved': {
      const { move, from: before, to, reason, needs, approvedBy, decidedOn, decision } = data;
      return { what: 'moved', move, from: before, to, reason, needs, approvedBy, on: decidedOn, ...(decision && { decision }), ...recorded(fact) };
    }
    case 'MoveRefused':
      return { what: 'move-refused', move: data.move, reason: data.reason, ...(data.decision && { decision: data.decision }), ...recorded(fact) };
    default:
      return undefined;
  }
};
const written = (timeAsWritten: string | undefined) => (timeAsWritten === undefined ? {} : { timeAsWritten });
const from = (day: Day | undefined) => (day === undefined ? {} : { from: day });

/** The periods of an ongoing action that are behind it or awaited: which had their occasion, and which were missed. */
const occasionsOf = (action: Planned, facts: readonly RecordedFact[], today: Day) => {
  const held = facts.flatMap((fact) =>
    fact.type === 'OccasionHeld'
      ? [
          {
            occasion: fact.data.occasion,
            heldOn: fact.data.heldOn,
            late: isAfter(fact.data.heldOn, fact.data.occasion),
            documents: fact.data.documents,
            ...(fact.data.note !== undefined && { note: fact.data.note }),
            ...recorded(fact),
          },
        ]
      : [],
  );
  const waits = Object.values(action.deadlines).filter(({ plan }) => plan.type === 'action-occasion');
  const missed = waits.filter((wait) => wait.status !== 'met' && (isLate(wait) || (isAwaited(wait) && wait.plan.dueOn < today)));
  return { held, missed: missed.map(({ plan }) => plan.dueOn).toSorted() };
};

type Told<T extends OwnActionEvent['type']> = Extract<RecordedFact, { type: T }>;
const factsOf = <T extends OwnActionEvent['type']>(facts: readonly RecordedFact[], type: T) => facts.filter((fact): fact is Told<T> => fact.type === type);

/** What is awaited now, by which day, and why that day. */
const awaitedOf = (action: Planned, today: Day) =>
  [dayDeadline(action), undatedDeadline(action), ...awaitedOccasions(action)].filter(isAwaited).map((wait) => {
    const { deadline, type, dueOn, steps } = wait.plan;
    const reminder = nextReminder(wait);
    return {
      deadline,
      type,
      dueOn,
      ...(steps.length > 0 && { why: explain(steps) }),
      late: isLate(wait) || dueOn < today,
      ...(reminder && { nextReminderOn: stockholmDay(reminder.at) }),
    };
  });

/** How it ended, where it has. */
const endOf = (action: Known) => {
  switch (action.status) {
    case 'marked-done':
      return { doneOn: action.marked.doneOn };
    case 'done':
      return action.doneOn === undefined ? {} : { doneOn: action.doneOn };
    case 'ended':
    case 'dropped':
      return { overOn: action.overOn };
    case 'transferred':
      return { overOn: action.overOn, toAction: action.toAction };
    default:
      return {};
  }
};

/** Everything that the page of an action shows, of one action as it stood. Names of units and boards are added by the query. */
export const actionPage = (action: Known, facts: readonly RecordedFact[], today: Day) => {
  const proposed = factsOf(facts, 'ActionProposed')[0]?.data;
  const promised = factsOf(facts, 'ActionPromised')[0]?.data;
  const { held, missed } = occasionsOf(action, facts, today);
  return {
    action: action.action,
    title: proposed?.title ?? '',
    ...(proposed?.description !== undefined && { description: proposed.description }),
    kind: action.kind,
    status: action.status,
    role: action.role,
    obligations: [...action.obligations],
    ...(proposed?.reply !== undefined && { reply: proposed.reply }),
    ...(proposed?.source !== undefined && { source: proposed.source }),
    ...written(action.timeAsWritten),
    ...(action.promisedOn !== undefined && { promisedOn: action.promisedOn }),
    ...(action.firstPromisedOn !== undefined && { firstPromisedOn: action.firstPromisedOn }),
    moves: action.moves,
    undated: action.promise !== undefined && isUndated(action),
    evidenceAwaited: action.kind === 'already-done' && action.status === 'promised' && action.documents.length === 0,
    ...(promised && { promise: { on: promised.on, ...(promised.decision && { decision: promised.decision }) } }),
    ...(action.asked && { moveAsked: action.asked }),
    ...endOf(action),
    days: facts.flatMap((fact): readonly LineOfDay[] => {
      const line = lineOfDay(fact);
      return line === undefined ? [] : [line];
    }),
    ...(action.frequency && { frequency: action.frequency }),
    occasions: held,
    missed,
    awaited: awaitedOf(action, today),
    progress: factsOf(facts, 'ProgressReported').map((fact) => ({ on: fact.data.on, note: fact.data.note, documents: fact.data.documents, ...recorded(fact) })),
    documents: [...action.documents],
    statements: statementsShown(action.statements),
  };
};
