export * from './agreement.codes.js';
export * from './agreement.events.js';
export * from './agreement.js';
export * from './delegated-decision.events.js';
export * from './delegated-decision.js';
export * from './delegation.codes.js';
export * from './delegation-order.events.js';
export * from './delegation-order.js';
