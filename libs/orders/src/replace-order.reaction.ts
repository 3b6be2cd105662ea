import { reaction } from '#libs/reactions';
import { EndReplacedOrder } from './end-replaced-order.js';
import { ServiceOrderSent } from './order.events.js';

/** A new order that replaces another ends it, from the day it was sent. */
export const replaceOrder = reaction({
  name: 'replace-order',
  on: [ServiceOrderSent],
  targets: ({ data: { replaces } }) => (replaces === undefined ? [] : [replaces]),
  react: ({ data: { orderId, sentOn } }, target) => Object.assign(new EndReplacedOrder(), { orderId: target, replacedBy: orderId, endedOn: sentOn }),
});
