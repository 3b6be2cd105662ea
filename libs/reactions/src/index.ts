export { carryReactions, type CarriedReactions } from './carry-reactions.js';
export { ReactionLost } from './checkpoints.js';
export type { DeadLetter } from './dead-letters.js';
export * from './kept-reactions.js';
export * from './reaction.js';
export * from './reactions.js';
