import { SYSTEM_ROLE, type Answer, type Commands } from '#libs/commands';
import type { Clock } from '#libs/kernel';
import { commandIdOf, type DueKnock } from './due-knock.js';
import { knockClass } from './knocks.js';

/** Knocks, from wherever it is told to: the sweep and the queue send the same command. */
export class Knocker {
  constructor(
    private readonly commands: Pick<Commands, 'send'>,
    private readonly clock: Clock,
  ) {}

  /** @throws TypeError where no module lets timers in; LogUnavailable where the outcome is not known: the same knock again finds out */
  async knock(due: DueKnock): Promise<Answer> {
    const { tenant, stream, owner, deadline, generation, rung, occurrence, unit, caus, corr } = due;
    const OwnKnock = knockClass(stream);
    if (!OwnKnock) throw new TypeError(`No module lets timers knock at ${stream}-${owner}.`);
    return this.commands.send(Object.assign(new OwnKnock(), { owner, deadline, generation, rung, occurrence }), {
      tenant,
      by: { actor: 'timers', role: SYSTEM_ROLE, unit },
      commandId: commandIdOf(due),
      corr,
      caus,
      now: this.clock.now(),
    });
  }
}
