import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Commands, Executor, Moments, Queries, Streams } from '#libs/commands';
import type { EventLog } from '#libs/event-log';
import { DocumentStore } from '#libs/documents';
import { CaughtUp, CLOCK, Identities, LOG_ID, People, Requests, SignIns, Uploads } from '#libs/http';
import { registry } from '#libs/catalogue';
import { EventRegistry, type Clock } from '#libs/kernel';
import { Vault } from '#libs/vault';
import { Views } from '#libs/views';

/** What every module stands on. It is made before Nest is, since each part may refuse to start, with a line of its own. */
export interface Ground {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly vault: Vault;
  readonly views: Views;
  readonly caughtUp: CaughtUp;
  readonly executor: Executor;
  readonly streams: Streams;
  readonly moments: Moments;
  readonly requests: Requests;
  readonly documents: DocumentStore;
  readonly uploads: Uploads;
  readonly people: People;
  readonly signIns: SignIns;
  /** How people sign in: by a header while trying things out, else at the municipality's provider. */
  readonly identities: Identities;
}

/** Gives the ground to all modules, and the buses on it. */
@Global()
@Module({})
export class GroundModule {
  static of(ground: Ground): DynamicModule {
    const { clock, log, vault, views, caughtUp, executor, streams, moments, requests, documents, uploads, people, signIns, identities } = ground;
    const providers: Provider[] = [
      Commands,
      Queries,
      { provide: CLOCK, useValue: clock },
      { provide: LOG_ID, useValue: log.id },
      { provide: Vault, useValue: vault },
      { provide: Views, useValue: views },
      { provide: CaughtUp, useValue: caughtUp },
      { provide: Executor, useValue: executor },
      { provide: Streams, useValue: streams },
      { provide: Moments, useValue: moments },
      { provide: EventRegistry, useValue: registry },
      { provide: Requests, useValue: requests },
      { provide: DocumentStore, useValue: documents },
      { provide: Uploads, useValue: uploads },
      { provide: People, useValue: people },
      { provide: SignIns, useValue: signIns },
      { provide: Identities, useValue: identities },
    ];
    return { module: GroundModule, imports: [CqrsModule.forRoot()], providers, exports: providers };
  }
}
