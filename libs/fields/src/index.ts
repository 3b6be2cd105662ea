export * from './faults.js';
export * from './field.js';
export * from './kinds.js';
export * from './list-query.js';
export * from './read.js';
export * from './shape.js';
