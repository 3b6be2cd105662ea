export * from './all-counts.query.js';
export * from './board-counts.query.js';
export * from './obligation-bundle.query.js';
export * from './reports.module.js';
export * from './status-report.js';
export * from './status-reports.view.js';
