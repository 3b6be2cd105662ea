import { Module, type DynamicModule } from '@nestjs/common';
import { Everyone, SamplePeopleController } from '#libs/organisation';
import { ClockController, TestClock } from './clock.controller.js';

/** What only the embedded profile has: its sample people, and a clock that can be stepped. */
@Module({})
export class DevModule {
  static beside(api: DynamicModule, clock: TestClock, everyone: Everyone): DynamicModule {
    return {
      module: DevModule,
      imports: [api],
      controllers: [SamplePeopleController, ClockController],
      providers: [
        { provide: TestClock, useValue: clock },
        { provide: Everyone, useValue: everyone },
      ],
    };
  }
}
