export * from './given.js';
export * from './postgres.js';
