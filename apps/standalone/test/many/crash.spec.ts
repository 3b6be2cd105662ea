import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { SYSTEM_ROLE } from '#libs/commands';
import { openPool, prepareDatabase, withClient } from '#libs/database';
import { addDays, derivedId, isWorkingDay, millisecondsBetween, stockholmDay, type Day, type Instant } from '#libs/kernel';
import { municipalities, sampleId } from '#libs/samples';
import { describeOnRedis, RedisServer } from '#libs/testing';
import { SetDeadlineRule } from '#libs/timers';
import { wallClock } from '../../../api/src/footing.js';
import { builtApps } from '../built-app.ts';
import { compareViews, putAside } from '../crash/audit-views.js';
import { Random } from '../crash/random.js';
import { registerCities } from './city.js';
import { Clients, OFFICERS } from './clients.js';
import { mailbox, type Mailbox } from './mailbox.js';
import { openPlace, type Place } from './place.js';
import { ownPostgres, type OwnPostgres } from './postgres-server.js';
import { killProcesses, startProcess, type ServerProcess } from './server-process.js';

// Two api and two worker processes under load, on the clock of the wall: in each round something is killed or restarted. Every order is sent again
// under its key until it is answered, so that in the end there must be exactly one for each key; each is reminded of once, at a minute soon after.
jest.setTimeout(7_200_000);

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 7);
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
const CALM_MS = 3_000;
const BETWEEN_ORDERS_MS = 150;
/** Orders sent today and on each of so many days before are reminded of today, each at a minute of its own. */
const DAYS = 14;
const LENGTH = 15;
const DEADLINE = 'genomforandeplan';

type Part = 'api' | 'worker';
const STRIKES = ['api', 'worker', 'api and worker', 'both workers', 'postgres fast', 'postgres immediate', 'redis'] as const;

interface Order {
  readonly key: string;
  readonly officer: string;
  readonly id: string;
  readonly position: number;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

describeOnRedis(`two api and two worker processes that are killed ${ROUNDS} times`, () => {
  let postgres: OwnPostgres, redis: RedisServer, mails: Mailbox, place: Place, superuser: Pool, clients: Clients, apps: string;
  const processes: Record<Part, ServerProcess[]> = { api: [], worker: [] };
  const random = new Random(SEED);
  const orders: Order[] = [];
  const struck = new Map<string, number>();
  const surprises: string[] = [];
  let repeated = 0;
  const began = wallClock.now();
  const today = stockholmDay(began);
  /** The minute of orders sent so many days ago. */
  const minutes: readonly Instant[] = Array.from({ length: DAYS }, (_, back) => minuteAfter(began, 2 + back));
  const over = new AbortController();

  const start = async (part: Part): Promise<ServerProcess> => {
    const process = await startProcess(`${apps}/${part}/src/main.js`, place.environment(part));
    await process.ready();
    return process;
  };
  const renew = async (part: Part, nth: number): Promise<void> => {
    const one = await start(part);
    processes[part][nth] = one;
    clients.addresses = processes.api.map(({ address }) => address);
  };

  beforeAll(async () => {
    apps = await builtApps();
    postgres = await ownPostgres();
    redis = await RedisServer.start();
    mails = await mailbox();
    place = await openPlace(await prepareDatabase(postgres.superuserUrl), { REDIS_URL: redis.url, SMTP_URL: mails.url });
    superuser = openPool(
      place.addresses.worker.replace(/\/\/[^@]*@/, `//${new URL(postgres.superuserUrl).username}:${new URL(postgres.superuserUrl).password}@`),
      {
        max: 2,
        name: 'spec',
      },
    );
    processes.worker.push(await start('worker'));
    const officers = OFFICERS.map(([officer]) => officer);
    await registerCities(place, officers, wallClock, async (commands) => {
      for (const { tenant, units } of municipalities)
        for (let back = DAYS - 1; back >= 0; back--) {
          const rule = Object.assign(new SetDeadlineRule(), ruleOf(addDays(today, -back), back, minutes[back] ?? began));
          const commandId = derivedId('minute', tenant, back);
          const by = { actor: 'samples', role: SYSTEM_ROLE, unit: sampleId('unit', units[0]?.key ?? '') };
          await commands.send(rule, { tenant, by, commandId, corr: commandId.replaceAll('-', ''), now: wallClock.now() });
        }
    });
    processes.worker.push(await start('worker'));
    processes.api.push(await start('api'), await start('api'));
    clients = new Clients(place);
    clients.addresses = processes.api.map(({ address }) => address);
  });
  afterAll(async () => {
    over.abort();
    clients.close();
    await killProcesses();
    await superuser.end();
    await Promise.all([place.close(), redis.stop(), mails.close()]);
    await postgres.stop();
  });

  /** One officer, who does not give an order up before it is answered. */
  const work = async ([officer, provider]: readonly [string, string]): Promise<void> => {
    while (!over.signal.aborted) {
      const key = randomUUID();
      const soon = minuteAfter(wallClock.now(), 0);
      const back = Math.max(
        0,
        minutes.findIndex((minute) => minute > soon),
      );
      const body = {
        provider: sampleId('provider', provider),
        service: 'short-term-supervision',
        sentOn: addDays(today, -back),
        overallGoals: ['participation'],
        subGoals: [{ wording: `Delmål ${key}` }],
        serviceUser: { name: `Elev ${key}` },
      };
      for (let tries = 0; ; tries++) {
        const told = await clients.ask('POST', '/api/v1/orders', officer, key, body);
        if (told && told.status < 300) {
          const { id, position } = JSON.parse(told.body) as { id: string; position: string };
          orders.push({ key, officer, id, position: Number(position.split('.')[1]) });
          if (tries > 0) repeated++;
          break;
        }
        if (told && told.status !== 503) surprises.push(`${told.status} ${told.body.slice(0, 200)}`);
        await pause(200);
      }
      await pause(BETWEEN_ORDERS_MS);
    }
  };

  const killed = async (...victims: readonly (readonly [Part, number])[]): Promise<void> => {
    const fallen = victims.flatMap(([part, nth]) => processes[part][nth] ?? []);
    for (const one of fallen) one.signal('SIGKILL');
    await Promise.all(fallen.map(({ exitCode }) => exitCode));
    await pause(random.between(0, 1_500));
    await Promise.all(victims.map(([part, nth]) => renew(part, nth)));
  };

  const strike = async (what: (typeof STRIKES)[number]): Promise<void> => {
    const one = random.between(0, 2);
    switch (what) {
      case 'api':
      case 'worker':
        return killed([what, one]);
      case 'api and worker':
        return killed(['api', one], ['worker', one]);
      case 'both workers':
        return killed(['worker', 0], ['worker', 1]);
      case 'postgres fast':
        return postgres.restart('fast');
      case 'postgres immediate':
        return postgres.restart('immediate');
      case 'redis':
        await redis.kill();
        await pause(random.between(0, 2_000));
        return redis.start();
    }
  };

  test('whatever falls, what was acknowledged stays, once, in its order', async () => {
    const working = Promise.all(OFFICERS.map(work));
    for (let round = 0; round < ROUNDS; round++) {
      await pause(random.between(500, CALM_MS));
      const what = STRIKES[round % STRIKES.length] ?? 'api';
      await strike(what);
      struck.set(what, (struck.get(what) ?? 0) + 1);
    }
    await pause(CALM_MS);
    over.abort();
    await working;
    say(`Seed ${SEED}; struck: ${[...struck].map(([what, times]) => `${what} ${times}`).join(', ')}`);
    say(`${orders.length} orders acknowledged, ${repeated} of them only when they were sent again; ${clients.failed.length} answers were none, or 503.`);
    expect(surprises).toEqual([]);
    const { rows } = await superuser.query<{ id: string; position: number; count: number }>(
      `select right(stream, 36) as id, min(position)::integer as position, count(*)::integer as count from log.events where type = 'ServiceOrderSent' group by 1`,
    );
    const recorded = new Map(rows.map((row) => [row.id, row]));
    expect(orders.filter(({ id }) => recorded.get(id)?.count !== 1)).toEqual([]); // lost, or doubled in its stream
    expect(recorded.size).toBe(orders.length); // doubled in another stream
    const { rows: gaps } = await superuser.query<{ positions: number; revisions: number }>(
      `select (select max(position) - count(*) from log.events)::integer as positions,
        (select count(*) from (select max(revision) + 1 - count(*) as missing from log.events group by tenant, stream) s where missing <> 0)::integer as revisions`,
    );
    expect(gaps).toEqual([{ positions: 0, revisions: 0 }]);
  });

  test('an order sent again under its key is answered as it was', async () => {
    const some = orders.filter((_, nth) => nth % Math.ceil(orders.length / 40) === 0);
    const found = await Promise.all(some.map(({ id, officer }) => clients.ask('GET', `/api/v1/orders/${id}`, officer)));
    expect(found.map((told) => told?.status)).toEqual(some.map(() => 200));
  });

  test('every reminder that fell due is issued once, and mailed under its own Message-ID', async () => {
    const { rows } = await superuser.query<{ type: string; entry: string }>(
      `select type, convert_from(entry, 'UTF8') as entry from log.events where type in ('DeadlineSet', 'ReminderIssued') and stream like 'order-%' order by position`,
    );
    const facts = rows.map(({ type, entry }) => ({
      type,
      ...(JSON.parse(entry) as { at: string; data: { deadline: string; reminder: string; ladder: { at: string }[] } }),
    }));
    const due = facts.flatMap(({ type, at, data }) =>
      type === 'DeadlineSet' && (data.ladder[0]?.at ?? '') > at ? [{ deadline: data.deadline, at: data.ladder[0]?.at ?? '' }] : [],
    );
    const last = due
      .map(({ at }) => at)
      .toSorted()
      .at(-1);
    if (!isWorkingDay(today)) say('Today is no working day: nobody is reminded.');
    const issued = async () => {
      const { rows: found } = await superuser.query<{ entry: string }>(
        `select convert_from(entry, 'UTF8') as entry from log.events where type = 'ReminderIssued' and stream like 'order-%'`,
      );
      return found.map(({ entry }) => (JSON.parse(entry) as { data: { deadline: string; reminder: string } }).data);
    };
    if (last !== undefined) await pause(Math.max(0, millisecondsBetween(wallClock.now(), last as Instant)));
    for (const until = performance.now() + 180_000; (await issued()).length < due.length && performance.now() < until;) await pause(500);
    const reminders = await issued();
    const perDeadline = new Map<string, number>();
    for (const { deadline } of reminders) perDeadline.set(deadline, (perDeadline.get(deadline) ?? 0) + 1);
    const wrong = due.filter(({ deadline }) => perDeadline.get(deadline) !== 1);
    for (const until = performance.now() + 180_000; mails.distinct < reminders.length && performance.now() < until;) await pause(500);
    await pause(2_000); // whatever is too many may still come
    say(`${due.length} reminders fell due, ${reminders.length} issued, ${mails.distinct} Message-IDs, ${mails.repeats} mails repeated under theirs.`);
    expect(wrong).toEqual([]);
    expect(reminders.length).toBe(due.length);
    expect(mails.distinct).toBe(reminders.length);
    expect(due.length > 0).toBe(isWorkingDay(today) && orders.length > 0);
  });

  test('the views are what they are when they are built anew', async () => {
    const [{ head }] = (await superuser.query<{ head: number }>('select max(position)::integer as head from log.events')).rows as [{ head: number }];
    const arrived = `select from views.checkpoints having min(position) >= ${head} and bool_and(ready)`;
    while ((await superuser.query(arrived)).rowCount === 0) await pause(50);
    await Promise.all(processes.worker.map((one) => one.stop()));
    const url = postgres.superuserUrl.replace(/\/postgres$/, '/uppsikt');
    await withClient(url, 'spec', putAside);
    await start('worker');
    const findings = await withClient(url, 'spec', (client) => compareViews(client, head));
    expect(findings.flatMap(({ deviations }) => deviations)).toEqual([]);
  });
});

/** The beginning of a minute, so many whole minutes after the one that is next but a few seconds. */
function minuteAfter(moment: Instant, more: number): Instant {
  const soon = Temporal.Instant.from(moment).add({ seconds: 10 });
  const minute = Math.ceil(soon.epochMilliseconds / 60_000) + more;
  return Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ fractionalSecondDigits: 3 }) as Instant;
}

/** What is sent on that day is reminded of today, at that minute. */
function ruleOf(sentOn: Day, back: number, minute: Instant) {
  const time = Temporal.Instant.from(minute).toZonedDateTimeISO('Europe/Stockholm').toPlainTime().toString({ smallestUnit: 'minute' });
  const rung = { rung: 'today', role: 'case-officer', offset: back - LENGTH, unit: 'calendar-days' as const };
  return { type: DEADLINE, validFrom: sentOn, length: { days: LENGTH, unit: 'calendar-days' as const }, roll: 'none' as const, time, ladder: [rung] };
}
