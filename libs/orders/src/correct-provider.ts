import { Code, FreeText, Id } from '#libs/fields';
import { event, type Decide } from '#libs/kernel';
import { unknownProvider, type Register } from '#libs/organisation';
import { CORRECTIONS } from './order.codes.js';
import { OrderProviderCorrected, type OrderEvent } from './order.events.js';
import type { Order } from './order.js';
import { assertPlaced } from './order.refusals.js';

/** The order was recorded with the wrong provider. (An order that moves to another provider is a new order.) */
export class CorrectProvider {
  @Id('The order.') orderId!: string;
  @Id('The provider it was sent to.') provider!: string;
  @Code('Why what was recorded was wrong.', CORRECTIONS, 'CorrectionReason') reason!: (typeof CORRECTIONS)[number];
  @FreeText('More about it. Sealed.', { max: 4000, optional: true }) note?: string;
}

export const correctProvider: Decide<CorrectProvider, Order, OrderEvent, { readonly organisation: Register }> = (
  { provider, reason, note },
  order,
  { organisation },
) => {
  assertPlaced(order);
  if (!organisation.provider(provider)) throw unknownProvider();
  if (provider === order.provider) return [];
  return [event(OrderProviderCorrected, { orderId: order.orderId, from: order.provider, to: provider, reason }, note === undefined ? {} : { note })];
};
