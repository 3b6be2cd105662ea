import { reaction } from '#libs/reactions';
import { DeadlineMoved, DeadlineSet } from './deadline.events.js';
import { lateSummariesId } from './late-summary.js';
import { NoteLateRecording } from './note-late-recording.js';

/** Whose day had passed when it was recorded is told of in a summary, not in the reminders of years. */
export const lateRecordings = reaction({
  name: 'late-recordings',
  on: [DeadlineSet, DeadlineMoved],
  targets: ({ tenant, data }) => (data.enteredLate ? [lateSummariesId(tenant)] : []),
  react: ({ stream, data: { deadline, type, unit, dueOn } }) => Object.assign(new NoteLateRecording(), { deadline, stream, type, unit, dueOn }),
});
