export * from './certificates.js';
export * from './event-log-contract.js';
export * from './event-store-server.js';
export * from './given.js';
export * from './openid-provider.js';
export * from './postgres.js';
export * from './prepared-database.js';
export * from './sample-entries.js';
