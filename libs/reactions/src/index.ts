export type { DeadLetter } from './checkpoints.js';
export * from './reaction.js';
export * from './reactions.js';
