import { Moments } from '#libs/commands';
import type { EventLog, Position } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import type { View, Views } from '#libs/views';
import { positionAt } from './trail-entry.js';

/** Tells positions of instants by the trail. What was recorded until now is waited for first, so that the same question always has the same answer. */
export class TrailMoments extends Moments {
  constructor(
    private readonly log: EventLog,
    private readonly views: Views,
    private readonly all: readonly View[],
  ) {
    super();
  }

  /** @throws ViewsBehind where the views do not come so far in time */
  override async positionAt(tenant: string, instant: Instant): Promise<Position> {
    await this.views.waitFor(await this.log.head(), this.all);
    return this.views.read(tenant, (read) => positionAt(read, instant));
  }
}
