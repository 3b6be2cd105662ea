import { isEarlier, type Clock, type Instant } from '#libs/kernel';

/**
 * The clock of the embedded profile: it stands where it is put, until it is released; then it is the wall clock.
 * Sample cases are played on it, and `--test-clock` leaves it in the hands of whoever tries things out.
 */
export class StandaloneClock implements Clock {
  #standing: Instant | undefined;

  /** @param standing where it stands at first; the wall clock where left out */
  constructor(standing?: Instant) {
    this.#standing = standing;
  }

  get real(): boolean {
    return this.#standing === undefined;
  }

  now(): Instant {
    return this.#standing ?? StandaloneClock.wall();
  }

  /** What the wall clock says. */
  static wall(): Instant {
    return Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }) as Instant;
  }

  /** Puts it to a later instant. A clock that has been released, or stands later, stays. */
  set(instant: Instant): void {
    if (this.#standing !== undefined && isEarlier(this.#standing, instant)) this.#standing = instant;
  }

  /** From now on it is the wall clock. */
  release(): void {
    this.#standing = undefined;
  }
}
