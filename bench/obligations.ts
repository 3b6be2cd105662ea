// What a board's process owner and kommunstyrelsen look at daily, with 10,000 and with 100,000 obligations of ten versions each: a page of the
// list with its totals, and the counts; now, and as they were recorded half the history back.
import { auditsView, ListObligations, listObligations, obligationsView } from '#libs/audits';
import { Executor, Moments, Streams, type Asking, type Reach } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import { derivedId, EventRegistry, instant, randomId, stockholmDay, type Entry } from '#libs/kernel';
import { organisationId, organisationStream } from '#libs/organisation';
import { AllCounts, allCounts, BoardCounts, boardCounts } from '#libs/reports';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { prepareViews, Views } from '#libs/views';
import { measure, print, type Measured, type Way } from './measure.js';
import { withServer } from './server.js';

const VERSIONS = 10;
/** Of 5,000 obligations each, where there are 100,000. */
const BOARDS = 20;
/** What a city's register holds beside its boards: departments and units. */
const UNITS = 600;
const TENANT = 'bench';
const NOW = instant('2026-03-02T08:00:00Z');
const board = (n: number) => derivedId('bench board', n);

/**
 * Versions lie in the order of the log, and those of one obligation are spread over all of it: at any moment each of them holds one of its
 * ten. Two of three are open; a third of those have no day, others one that has passed.
 */
const fill = (objects: number) => `
  insert into views.${obligationsView.table} (tenant, key, since, until, audit, recommendation, number, board, unit, addressed, status, handed_over_on,
    received_on, arisen_on, reply_due_on, replied_on, proposed_reply, position, last_day_asked, last_on, promised_on, first_promised_on, drift_days, undated,
    promises, ongoing, stated_done, next_on, implemented_on, judged, objected, actions, judgements, requests)
  select '${TENANT}', md5('obligation ' || i)::uuid::text, since, lead(since) over (partition by i order by since), md5('audit ' || i / 20)::uuid,
    md5('recommendation ' || i / 3)::uuid, 'R' || i % 9, boards.board, boards.board, 'named', status, arisen, arisen, arisen, arisen + 120, arisen + 110, false,
    'agrees', false, case when open and i % 7 = 0 then arisen + 400 end, promised, promised - 30, case when promised is null then 0 else 30 end,
    open and promised is null, case when promised is null then 0 else 2 end, 1, 0,
    least(promised, case when open and i % 7 = 0 then arisen + 400 end), case when open then null else arisen + 500 end, null, false,
    '[{"action":"5d1c7f60-3a0e-5b8a-9d0e-0c6f1d2b3a41","kind":"promised","status":"promised","promisedOn":"2026-01-31","firstPromisedOn":"2026-01-01"}]',
    '[]', '[]'
  from (
    select i, since, arisen, status, status = 'open' as open, case when status = 'open' and i % 3 > 0 then arisen + 300 + i % 900 end as promised
    from (
      select i, since, date '2020-01-01' + i % 2200 as arisen, (array['open', 'open', 'implemented'])[1 + (since % 3)::integer] as status
      from (select i, row_number() over (order by random()) as since from generate_series(1, ${objects}) i, generate_series(1, ${VERSIONS})) moments
    ) stood
  ) facts join (values ${Array.from({ length: BOARDS }, (_, n) => `(${n}, '${board(n)}'::uuid)`).join(', ')}) boards (n, board) on boards.n = i % ${BOARDS}
  order by since`;

const fillAudits = (objects: number) => `
  insert into views.${auditsView.table} (tenant, key, since, until, numbers, title, issued_by, referrals, recommendations, differing)
  select '${TENANT}', md5('audit ' || i)::uuid::text, i, null, '["Nr 5 2020"]', 'Granskning ' || i, '${board(0)}', 5, 20, '[]'
  from generate_series(0, ${objects / 20}) i`;

/** A register of that many boards and units, in the order they were registered. */
const registered = (): readonly Entry[] => {
  const stream = `${organisationStream.name}-${organisationId(TENANT)}`;
  const facts: (readonly [type: string, schema: number, data: Entry['data']])[] = [['MunicipalityRegistered', 1, { name: 'Bänkstad' }]];
  for (let n = 0; n < BOARDS; n++) facts.push(['UnitRegistered', 2, { unit: board(n), name: `Nämnd ${n}`, kind: 'board' }]);
  for (let n = 0; n < UNITS; n++)
    facts.push(['UnitRegistered', 2, { unit: derivedId('bench unit', n), name: `Enhet ${n}`, kind: 'unit', partOf: board(n % BOARDS) }]);
  const by = { actor: 'bench', role: 'system', unit: board(0) };
  return facts.map(([type, schema, data], rev) => ({
    v: 1,
    id: randomId(),
    tenant: TENANT,
    stream,
    rev,
    type,
    schema,
    at: NOW,
    by,
    corr: 'b'.repeat(32),
    cmd: randomId(),
    data,
  }));
};

const APPEND = 15;

/** Whatever moment is asked for lies half the history back. */
class HalfBack extends Moments {
  constructor(private readonly half: Position) {
    super();
  }
  override positionAt(): Promise<Position> {
    return Promise.resolve(this.half);
  }
}

const way = (name: string, once: () => Promise<unknown>): Way => ({ name, worker: () => once, close: () => Promise.resolve() });
const asOf = (then: boolean) => (then ? { asOf: NOW } : {});

const measured = (objects: number): Promise<readonly Measured[]> => {
  const { promise, resolve } = Promise.withResolvers<readonly Measured[]>();
  return withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const worker = openPool(urls.worker, { max: 1, name: 'bench' });
    await prepareViews(worker);
    await worker.query('set transaction_timeout = 0; select setseed(0.5)');
    for (const statement of [...auditsView.create, fillAudits(objects), ...auditsView.index]) await worker.query(statement);
    for (const statement of [...obligationsView.create, fill(objects), ...obligationsView.index]) await worker.query(statement);
    await worker.query(`vacuum analyze views.${obligationsView.table}`); // as autovacuum does it
    const log = await postgresLog({ url: urls.worker });
    const entries = registered();
    for (let rev = 0; rev < entries.length; rev += APPEND) await log.append(TENANT, entries[0]?.stream ?? '', rev - 1, entries.slice(rev, rev + APPEND));

    const pool = openPool(urls.api, { max: 2, name: 'bench' });
    const views = new Views({ pool, log, views: [auditsView, obligationsView] });
    const registry = new EventRegistry([...organisationStream.events]);
    const executor = new Executor(log, new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 1))), registry);
    const moments = new HalfBack(BigInt((objects * VERSIONS) / 2) as Position);
    const streams = new Streams(log, registry, moments);
    const by = { actor: randomId(), role: 'process-owner', unit: board(3) };
    const ask = (then: boolean, reach: Reach): Asking & { readonly reach: Reach } => ({
      tenant: TENANT,
      by,
      now: NOW,
      today: stockholmDay(NOW),
      reach,
      ...(then && { asOf: NOW }),
    });
    const from = [views, moments, executor, streams] as const;
    const own = { units: [board(3)] };
    const counts = (then: boolean) => boardCounts(Object.assign(new BoardCounts(), { board: board(3), ...asOf(then) }), ask(then, own), ...from);
    const page = (then: boolean, reach: Reach) =>
      listObligations(Object.assign(new ListObligations(), { status: 'open', ...asOf(then) }), ask(then, reach), ...from);
    const all = (then: boolean) => allCounts(Object.assign(new AllCounts(), asOf(then)), ask(then, {}), ...from);
    const ways = [false, true].flatMap((then) => [
      way(`${then ? 'asOf' : 'now'}, a board: page`, () => page(then, own)),
      way(`${then ? 'asOf' : 'now'}, a board: counts`, () => counts(then)),
      way(`${then ? 'asOf' : 'now'}, all boards: page`, () => page(then, {})),
      way(`${then ? 'asOf' : 'now'}, all boards: counts`, () => all(then)),
    ]);
    resolve(await measure(ways, { inFlight: 1, seconds: 6 }));
    await Promise.all([log.close(), pool.end(), worker.end()]);
  }).then(() => promise);
};

export const run = async (): Promise<void> => {
  const sizes = [10_000, 100_000];
  const seen: (readonly Measured[])[] = [];
  for (const objects of sizes) {
    seen.push(await measured(objects));
    print(`${objects.toLocaleString('en')} obligations with ${VERSIONS} versions each, ${BOARDS} boards`, seen.at(-1) ?? []);
  }
  console.log('\nGrowth of p95 from 10,000 to 100,000');
  const [few, many] = seen;
  for (const [nth, { name, p95 }] of (many ?? []).entries()) console.log(`  ${name.padEnd(28)}× ${(p95 / (few?.[nth]?.p95 ?? p95)).toFixed(1)}`);
};
