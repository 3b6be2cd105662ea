export * from './case-e.js';
export * from './municipalities.js';
export * from './step.js';
export * from './play.js';
export * from './registrations.js';
