export * from './all-counts.query.js';
export * from './board-counts.query.js';
export * from './reports.module.js';
