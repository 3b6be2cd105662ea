export * from './instruments.js';
export * from './metrics.js';
export * from './start-tracing.js';
export * from './traced.js';
