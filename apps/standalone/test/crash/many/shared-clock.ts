import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { instant, type Clock, type Instant } from '#libs/kernel';

/**
 * A clock that all processes of a run share: it stands where a file says, until the test puts it further. To the processes it is the real one, so
 * that each does by itself what falls due. It is given to them by mains of this test; those of the product take no clock from outside.
 */
export class SharedClock implements Clock {
  readonly real = true;

  constructor(readonly file: string) {}

  now(): Instant {
    return instant(readFileSync(this.file, 'utf8'));
  }

  set(now: Instant): void {
    writeFileSync(`${this.file}.new`, now);
    renameSync(`${this.file}.new`, this.file); // nobody reads half of it
  }
}
