import type { Need } from '#libs/commands';
import { order, type Order } from './order.js';
import type { SendServiceOrder } from './send-service-order.js';

/** The order that a new one is to replace, as it stands; its last event is the basis of the decision. */
export const replacedOrder: Need<SendServiceOrder, Order | undefined> = async (reads, { replaces }) => {
  if (replaces === undefined) return { value: undefined };
  const { state, lastId } = await reads.fold(order, replaces);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};
