import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Bool, InstantField, read } from '#libs/fields';
import { Public } from '#libs/http';
import { forbidden, isEarlier, type Instant } from '#libs/kernel';

/** To which moment the clock is stepped. */
class StepClock {
  @InstantField('The moment it is to stand at.') now!: Instant;
  @Bool('As if the system had been off until then.', { optional: true }) down?: boolean;
}

/** Steps the clock of this instance; resolves when everything has come to rest. */
export abstract class TestClock {
  abstract readonly steppable: boolean;
  abstract now(): Instant;
  abstract step(to: Instant, down: boolean): Promise<void>;
}

/** The test clock: only in an instance that was started with `--test-clock`, and only on the machine itself. */
@ApiExcludeController()
@Controller('dev/clock')
@Public('It exists only where somebody tries things out, with --test-clock, on the machine itself.')
export class ClockController {
  constructor(@Inject(TestClock) private readonly clock: TestClock) {}

  @Post()
  @HttpCode(200)
  async step(@Body() body: unknown): Promise<{ readonly now: Instant }> {
    const { now, down = false } = read(StepClock, body);
    if (!this.clock.steppable) {
      throw forbidden('clock.real', {
        sv: 'Klockan går som den ska. Starta med --test-clock <tidpunkt> för att ställa den.',
        en: 'The clock is the real one. Start with --test-clock <instant> to step it.',
      });
    }
    const stands = this.clock.now();
    if (isEarlier(now, stands)) {
      throw forbidden('clock.backwards', {
        sv: `Klockan står på ${stands} och kan bara ställas framåt.`,
        en: `The clock stands at ${stands} and can only be stepped forwards.`,
      });
    }
    await this.clock.step(now, down);
    return { now: this.clock.now() };
  }
}
