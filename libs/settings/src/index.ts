export * from './operator-settings.js';
export * from './settings.js';
