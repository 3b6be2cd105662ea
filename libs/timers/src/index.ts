export * from './deadline-decisions.js';
export * from './deadline-plan.js';
export * from './deadline-rule.js';
export * from './deadline.events.js';
export * from './deadline.js';
export * from './knock.js';
export * from './reminders.js';
