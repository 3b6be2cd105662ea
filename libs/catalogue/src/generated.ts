import type { AnyEventType, Event, Stream } from '#libs/kernel';
import { eventsPage } from './events-page.js';
import { goldens } from './golden.js';

/** A file that follows from the declarations: committed, and compared by a test. */
export interface Generated {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
  /** It stands for what has been released: it is added, never changed. */
  readonly golden?: true;
}

/** Everything that `npm run generate` writes of events. */
export const generated = (streams: readonly Stream<unknown, Event>[], types: readonly AnyEventType[]): readonly Generated[] => [
  { path: 'docs/events.md', text: eventsPage(streams) },
  ...goldens(types).map(({ file, text }) => ({ path: `libs/catalogue/src/golden/${file}`, text, golden: true as const })),
];
