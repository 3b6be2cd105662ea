import type { Day } from '#libs/kernel';
import { reaction } from '#libs/reactions';
import { DeadlineMissed } from '#libs/timers';
import { AwaitNextOccasion } from './await-next-occasion.js';

const STREAM = 'action-';

/** An occasion that was missed does not stop those that follow: the next one is awaited. */
export const occasionsGoOn = reaction({
  name: 'occasions-go-on',
  on: [DeadlineMissed],
  targets: ({ stream, data }) => (data.type === 'action-occasion' && stream.startsWith(STREAM) ? [stream.slice(STREAM.length)] : []),
  react: ({ data }, target) => Object.assign(new AwaitNextOccasion(), { action: target, missed: data.dueOn satisfies Day }),
});
