export * from './event-log.js';
export { AddressRefused } from './event-store-address.js';
export * from './event-store-log.js';
export { LogClosed, type LogState, type MovingLog } from './log-state.js';
export * from './growth.js';
export * from './log.migrations.js';
export * from './move-log.js';
export * from './postgres-log.js';
export { LogsDiffer } from './side-by-side.js';
