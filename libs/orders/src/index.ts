export * from './order.js';
export * from './order.events.js';
export * from './orders.module.js';
export * from './orders.view.js';
export * from './replace-order.reaction.js';
export * from './send-service-order.js';
