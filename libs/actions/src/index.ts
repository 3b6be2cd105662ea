export * from './action.codes.js';
export * from './action.events.js';
export * from './action.js';
export * from './action-rule.events.js';
export * from './action-rules.js';
export * from './promise-action.js';
