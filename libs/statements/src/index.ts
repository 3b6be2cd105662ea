export * from './statement-decisions.js';
export * from './statement-fields.js';
export * from './statement.events.js';
export * from './statements-shown.js';
export * from './statements.js';
