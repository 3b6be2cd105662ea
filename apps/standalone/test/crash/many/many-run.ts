import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareDatabase, withClient } from '#libs/database';
import { addMilliseconds, instant, stockholmDay } from '#libs/kernel';
import { outbox } from '#libs/notifications';
import { sampleId } from '#libs/samples';
import { freePort, RedisServer } from '#libs/test-servers';
import { deadlinesView } from '#libs/timers';
import { registerCities } from '../../many/city.js';
import { openPlace, type Place } from '../../many/place.js';
import { startProcess, type ServerProcess } from '../../many/server-process.js';
import { watchMoves } from '../../many/watched-moves.js';
import { Api } from '../api.js';
import { ostermalm, tyresö } from '../commands.js';
import { Ledger } from '../ledger.js';
import { Officer } from '../officer.js';
import { Random } from '../random.js';
import { MailCatcher } from './mail-catcher.js';
import { PostgresServer } from './postgres-server.js';
import { eventStoreRunLog, postgresRunLog, type RunLog } from './run-log.js';
import { SharedClock } from './shared-clock.js';

const PROCESS = join(import.meta.dirname, 'process.js');
const BEGINNING = instant('2020-10-01T08:30:00+02:00');
const HOUR_MS = 3_600_000;
const OFFICERS = ['ostermalm-officer', 'tyreso-officer'];
const SENDERS = [ostermalm, ostermalm, ostermalm, ostermalm, tyresö, tyresö];

/** A process that is started again at its place when it was killed. */
export interface Member {
  readonly kind: 'api' | 'worker';
  readonly port: number;
  process: ServerProcess;
}

/** Two API processes and two workers on one PostgreSQL and one Redis, clients, and a mail server: all that is struck, and what was told. */
export class ManyRun {
  readonly surprises: string[] = [];
  /** Requests without an answer, or with one that says that it is not certain: each was asked again, under its key. */
  unanswered = 0;
  readonly officers: readonly Officer[];
  readonly api: Api;
  #turn = 0;

  private constructor(
    readonly folder: string,
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
    readonly mail: MailCatcher,
    readonly log: RunLog,
    readonly place: Place,
    readonly ledger: Ledger,
    readonly clock: SharedClock,
    readonly members: readonly Member[],
    private readonly random: Random,
    tokens: ReadonlyMap<string, string>,
  ) {
    const apis = members.filter(({ kind }) => kind === 'api');
    const next = () => `http://127.0.0.1:${apis[this.#turn++ % apis.length]?.port}`;
    this.api = new Api(next, (person) => ({ authorization: `Bearer ${tokens.get(person)}` }));
    const listener = {
      acknowledged: () => {},
      refused: (why: string) => void this.surprises.push(why),
      unanswered: (why: string) => {
        this.unanswered++;
        if (why.startsWith('500')) this.surprises.push(why); // a fault of ours, whenever it is
      },
    };
    this.officers = SENDERS.map(
      (sender) => new Officer(sender, new Random(random.between(0, 2 ** 31)), ledger, () => stockholmDay(this.clock.now()), listener),
    );
  }

  static async begin(folder: string, random: Random, { onEventStore }: { readonly onEventStore: boolean }): Promise<ManyRun> {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    for (const one of [folder, data]) await chmod(one, 0o755); // the database's own user must get in where root runs this
    const clock = new SharedClock(join(folder, 'clock'));
    clock.set(BEGINNING);
    const postgres = await PostgresServer.start(data);
    const redis = await RedisServer.start();
    const addresses = await prepareDatabase(postgres.superuserUrl);
    const superuserUrl = postgres.superuserUrl.replace(/\/postgres$/, '/uppsikt');
    const log = onEventStore ? await eventStoreRunLog() : postgresRunLog(superuserUrl);
    const mail = new MailCatcher((messageId) => isRecorded(log, messageId));
    const place = await openPlace(addresses, { SMTP_URL: await mail.listen(), REDIS_URL: redis.url, ...log.environment });
    const member = async (kind: Member['kind']): Promise<Member> => {
      const port = await freePort();
      return { kind, port, process: await startMember(place, clock, kind, port) };
    };
    const worker = await member('worker');
    await registerCities(place, OFFICERS, clock);
    await worker.process.ready();
    await withClient(superuserUrl, 'crash test', watchMoves);
    const members = [worker, await member('worker'), await member('api'), await member('api')];
    await Promise.all(members.map(({ process }) => process.ready()));
    const tokens = await Promise.all(OFFICERS.map(async (sub) => [sampleId('person', sub), await place.tokenFor(sub)] as const));
    const ledger = await Ledger.open(join(folder, 'ledger.jsonl'));
    return new ManyRun(folder, postgres, redis, mail, log, place, ledger, clock, members, random, new Map(tokens));
  }

  /** Asks the database as its superuser. */
  database<T>(work: Parameters<typeof withClient<T>>[2]): Promise<T> {
    return withClient(this.postgres.superuserUrl.replace(/\/postgres$/, '/uppsikt'), 'crash test', work);
  }

  /** Clients work until the signal. */
  async load(over: AbortSignal): Promise<void> {
    await Promise.all(this.officers.map((officer) => officer.work(this.api, over)));
  }

  /** Whatever has no answer yet is asked again, until it has. */
  async settle(): Promise<void> {
    await Promise.all(this.officers.map((officer) => officer.settle(this.api)));
  }

  /** Starts a process again that was killed, at its place. */
  async restart(member: Member): Promise<void> {
    await this.note(member);
    member.process = await startMember(this.place, this.clock, member.kind, member.port);
  }

  /** Keeps what a process has said. */
  async note({ kind, process: { pid, said } }: Member): Promise<void> {
    await writeFile(join(this.folder, 'processes.log'), `--- ${kind} ${pid}\n${said()}`, { flag: 'a' });
  }

  /** None of them ends by itself, whatever is taken from it. */
  async assertAlive(): Promise<void> {
    const ended = this.members.filter(({ process }) => process.isOver());
    for (const member of ended) {
      this.surprises.push(`${member.kind} ${member.process.pid} ended by itself: ${member.process.said().slice(-300)}`);
      await this.restart(member);
    }
  }

  /** Waits until whatever follows from what was recorded has been done, by whoever does it. */
  async followedUp(): Promise<void> {
    const open = async () => {
      const head = await this.log.head();
      return (await this.database((client) => client.query('select from views.reactions where position < $1', [head]))).rowCount;
    };
    while (await open()) await pause(50);
  }

  /** The clock goes on while nobody sends and nothing follows: what is decided before a moment is recorded before it. */
  pass(hoursLow = 6, hoursHigh = 54): void {
    this.clock.set(addMilliseconds(this.clock.now(), this.random.between(hoursLow, hoursHigh) * HOUR_MS));
  }

  /** Waits until nothing is left that has fallen due: no knock, and no mail. */
  async rest(): Promise<void> {
    const due = async (): Promise<boolean> => {
      const { rows } = await this.database((client) =>
        client.query<{ knocks: boolean; mails: boolean }>(
          `select exists (select from views.${deadlinesView.table} where until is null and next_at <= $1) as knocks,
            exists (select from views.${outbox.table} where until is null and status in ('waiting', 'retrying')) as mails`,
          [this.clock.now()],
        ),
      );
      if (rows[0]?.mails) this.clock.set(addMilliseconds(this.clock.now(), 60_000)); // the next attempt is a matter of the clock
      return rows[0]?.knocks === true || rows[0]?.mails === true;
    };
    for (let quiet = 0; quiet < 3; quiet = (await due()) ? 0 : quiet + 1) {
      await this.followedUp();
      await pause(1_000);
    }
  }

  async close(): Promise<void> {
    await this.ledger.close();
    await this.mail.close();
    await this.place.close();
    await this.log.close();
    await this.redis.stop();
    await this.postgres.stop();
  }
}

const startMember = (place: Place, clock: SharedClock, kind: Member['kind'], port: number): Promise<ServerProcess> =>
  startProcess(PROCESS, { ...place.environment(kind), PORT: String(port), LOG_LEVEL: 'error' }, [kind, clock.file]);

/** Whether it is in the log that a mail was taken. */
const isRecorded = async (log: RunLog, messageId: string): Promise<boolean> => {
  const [, reminder, tenant = ''] = /^(.+)@(.+)\.uppsikt$/.exec(messageId) ?? [];
  return log.holds(tenant, `mail-${reminder}`, 'MailAccepted');
};
