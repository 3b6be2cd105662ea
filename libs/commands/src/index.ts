export * from './answers.js';
export * from './executor.js';
export * from './context.js';
export * from './handles.js';
export * from './may.js';
export * from './rehearsal.js';
export * from './streams.js';
export * from './use-case.js';
