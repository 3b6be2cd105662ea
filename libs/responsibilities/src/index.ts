export * from './correct-rules-of-agreement.js';
export * from './end-rules-of-agreement.js';
export * from './responsibility.codes.js';
export * from './responsibility.events.js';
export * from './responsibility-rules.js';
export * from './rule-fields.js';
export * from './rule-shapes.js';
export * from './set-rules-of-agreement.js';
