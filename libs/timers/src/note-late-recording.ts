import { Code, DayField, FreeText, Id } from '#libs/fields';
import { event, type Day, type Decide } from '#libs/kernel';
import { DEADLINE_TYPES } from './deadline-types.js';
import { LateRecordingNoted, type LateSummaryEvent } from './late-summary.events.js';
import { nextMorning, type LateSummaries } from './late-summary.js';

/** Something was recorded when its day had passed: the next summary tells of it. */
export class NoteLateRecording {
  @Id('The deadline.') deadline!: string;
  @FreeText('What it is of: reply-<id>.', { max: 100 }) stream!: string;
  @Code('What it is of.', [...DEADLINE_TYPES.keys()], 'DeadlineType') type!: string;
  @Id('The unit or board whose roles are reminded.') unit!: string;
  @DayField('The due day.') dueOn!: Day;
}

/** The first one says when the summary is issued; whatever is noted until then goes with it. */
export const noteLateRecording: Decide<NoteLateRecording, LateSummaries, LateSummaryEvent> = ({ deadline, stream, type, unit, dueOn }, state, { now }) => [
  event(LateRecordingNoted, { deadline, stream, type, unit, dueOn, issueAt: state.status === 'gathering' ? state.issueAt : nextMorning(now) }),
];
