export * from './board-calendar.js';
export * from './calendar.events.js';
export * from './calendar.js';
export * from './cited-decision.js';
export * from './decision-ref.js';
export * from './meeting.codes.js';
export * from './meeting.events.js';
export * from './meeting.js';
