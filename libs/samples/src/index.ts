export * from './case-e.js';
export * from './municipalities.js';
export * from './step.js';
export * from './play.js';
export * from './registrations.js';
export * from './case-a.js';
export * from './case-d.js';
export * from './kept.js';
