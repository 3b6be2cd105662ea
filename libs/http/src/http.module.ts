import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Metrics } from '#libs/telemetry';
import { IdentityGuard } from './identity/identity.guard.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { CommandEndpoint } from './routes/command.endpoint.js';
import { EachEndpoint } from './routes/each.endpoint.js';
import { QueryEndpoint } from './routes/query.endpoint.js';
import { UploadEndpoint } from './routes/upload.endpoint.js';
import { ABOUT, type About } from './serving/about.js';
import { AboutController } from './serving/about.controller.js';
import { Draining } from './serving/draining.js';
import { Health } from './serving/health.js';
import { HealthController } from './serving/health.controller.js';
import { MetricsController } from './serving/metrics.controller.js';

/**
 * What every route needs. A global module of the app provides what this one asks for:
 * `Commands`, `Queries`, `CaughtUp`, `Requests`, `Uploads`, `Identities`, `CLOCK` and `LOG_ID`.
 */
@Global()
@Module({
  controllers: [AboutController, HealthController, MetricsController],
  providers: [
    CommandEndpoint,
    QueryEndpoint,
    UploadEndpoint,
    EachEndpoint,
    Draining,
    Health,
    Metrics,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: IdentityGuard },
  ],
  exports: [CommandEndpoint, QueryEndpoint, UploadEndpoint, EachEndpoint, Health, Metrics],
})
export class HttpModule {
  static saying(about: About): DynamicModule {
    return { module: HttpModule, providers: [{ provide: ABOUT, useValue: about }] };
  }
}
