export * from './client.js';
export * from './durability.js';
export * from './listen.js';
export * from './migrate.js';
export * from './pipeline.js';
export * from './pool.js';
export * from './roles.js';
export * from './unreachable.js';
