export * from '#libs/test-servers';
export * from './event-log-contract.js';
export * from './given.js';
export * from './on-redis.js';
export * from './postgres.js';
export * from './prepared-database.js';
export * from './sample-entries.js';
export * from './spans.js';
