export * from './certificates.js';
export * from './event-store-cluster.js';
export * from './event-store-server.js';
export * from './free-port.js';
export * from './openid-provider.js';
export * from './redis-groups.js';
export * from './redis-server.js';
