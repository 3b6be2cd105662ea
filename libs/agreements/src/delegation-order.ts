import { derivedId, isAfter, isBefore, never, type Day, type EventOf, type Stream } from '#libs/kernel';
import * as events from './delegation-order.events.js';
import type { DelegationOrderEvent } from './delegation-order.events.js';
import type { Covered } from './delegation.codes.js';

type Of<T> = Omit<EventOf<T>['data'], 'board'>;

/** The head of administration lets another role do what the board delegated to it. */
export interface FurtherDelegation extends Of<typeof events.FurtherDelegated> {
  readonly lastDay?: Day;
}

/** One delegation of a board: a point of its order, or a decision of its own. */
export interface DelegationPoint extends Of<typeof events.DelegationGiven> {
  readonly lastDay?: Day;
  readonly further: readonly FurtherDelegation[];
}

/** Everything that a board has delegated, from nothing having been on. */
export type DelegationOrder = { readonly status: 'none' } | { readonly status: 'kept'; readonly board: string; readonly points: readonly DelegationPoint[] };

/** The one delegation order of a board: its id follows from the board’s. */
export const delegationOrderId = (tenant: string, board: string): string => derivedId(tenant, 'delegation-order', board);

const evolveDelegationOrder = (state: DelegationOrder, event: DelegationOrderEvent): DelegationOrder => {
  const points = pointsOf(state);
  const { board, ...data } = event.data;
  const kept = (changed: readonly DelegationPoint[]): DelegationOrder => ({ status: 'kept', board, points: changed });
  const onPoint = (change: (point: DelegationPoint) => DelegationPoint): DelegationOrder =>
    kept(points.map((one) => (one.point === data.point ? change(one) : one)));
  switch (event.type) {
    case 'DelegationGiven': {
      const { board: _, ...given } = event.data;
      return kept([...points, { ...given, further: [] }]);
    }
    case 'DelegationEnded':
      return onPoint((one) => ({ ...one, lastDay: event.data.lastDay }));
    case 'FurtherDelegated': {
      const { board: _, ...given } = event.data;
      return onPoint((one) => ({ ...one, further: [...one.further, given] }));
    }
    case 'FurtherDelegationEnded': {
      const { further, lastDay } = event.data;
      return onPoint((one) => ({ ...one, further: one.further.map((other) => (other.further === further ? { ...other, lastDay } : other)) }));
    }
    default:
      return never(event);
  }
};

/** One stream per board: `delegation-order-<uuid>`. */
export const delegationOrder: Stream<DelegationOrder, DelegationOrderEvent> = {
  name: 'delegation-order',
  events: Object.values(events),
  initial: { status: 'none' },
  evolve: evolveDelegationOrder,
};

export const pointsOf = (state: DelegationOrder): readonly DelegationPoint[] => (state.status === 'none' ? [] : state.points);
/** The board whose delegations they are; undefined before the first. */
export const boardOfOrder = (state: DelegationOrder): string | undefined => (state.status === 'none' ? undefined : state.board);

/** The last day on which a delegation holds, as far as it says: the board’s own end is told by the register. */
export const lastDayOf = ({ to, lastDay }: { readonly to?: Day; readonly lastDay?: Day }): Day | undefined =>
  to === undefined ? lastDay : lastDay === undefined || isBefore(to, lastDay) ? to : lastDay;

/** Whether a delegation holds on a day. */
const holdsOn = (delegation: { readonly from: Day; readonly to?: Day; readonly lastDay?: Day }, on: Day): boolean => {
  const last = lastDayOf(delegation);
  return !isBefore(on, delegation.from) && (last === undefined || !isAfter(on, last));
};

/** Who may act by a delegation on a day. */
export interface DelegateOn {
  readonly point: DelegationPoint;
  readonly further?: FurtherDelegation;
  readonly role: string;
  readonly unit: string;
}

/** Everybody who may do something for the board on a day: the delegates themselves, and those to whom the head of administration has delegated it on. */
export const delegatesOn = (state: DelegationOrder, covered: Covered, agreement: string | undefined, on: Day): readonly DelegateOn[] =>
  pointsOf(state)
    .filter((point) => point.covers.includes(covered) && (point.agreement === undefined || point.agreement === agreement) && holdsOn(point, on))
    .flatMap((point) => [
      { point, role: point.role, unit: point.unit },
      ...point.further.filter((one) => holdsOn(one, on)).map((further) => ({ point, further, role: further.role, unit: further.unit })),
    ]);
