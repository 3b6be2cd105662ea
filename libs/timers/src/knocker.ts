import { SYSTEM_ROLE, type Answer, type Commands } from '#libs/commands';
import { millisecondsBetween, type Clock } from '#libs/kernel';
import { counter, histogram, traced } from '#libs/telemetry';
import { commandIdOf, type DueKnock } from './due-knock.js';
import { knockClass } from './knocks.js';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const late = histogram('uppsikt_knock_late_seconds', 'How long after its moment a knock was answered.', [
  0.1,
  1,
  5,
  15,
  MINUTE_S,
  5 * MINUTE_S,
  HOUR_S,
  24 * HOUR_S,
]);
const failed = counter('uppsikt_knocks_failed_total', 'Knocks that got no answer; each is made again.');

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
    const now = this.clock.now();
    const context = { tenant, by: { actor: 'timers', role: SYSTEM_ROLE, unit }, commandId: commandIdOf(due), corr, caus, now };
    const command = Object.assign(new OwnKnock(), { owner, deadline, generation, rung, occurrence });
    const attributes = { 'uppsikt.deadline': deadline, 'uppsikt.rung': rung, 'uppsikt.late_ms': millisecondsBetween(due.at, now) };
    try {
      const answer = await traced('knock', { corr, attributes }, () => this.commands.send(command, context));
      late.observe(Math.max(0, millisecondsBetween(due.at, now)) / 1_000);
      return answer;
    } catch (error) {
      failed.inc();
      throw error;
    }
  }
}
