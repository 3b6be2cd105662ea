export * from './event-log.js';
export { AddressRefused } from './event-store-address.js';
export * from './event-store-log.js';
export * from './log.migrations.js';
export * from './postgres-log.js';
