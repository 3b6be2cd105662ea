export * from './context.js';
export * from './may.js';
export * from './use-case.js';
