// What a board's process owner and kommunstyrelsen look at daily, with 10,000 and with 100,000 obligations of ten versions each: a page of the
// list with its totals, and the counts; now, and as they were recorded half the history back.
import { hash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { action } from '#libs/actions';
import { agreementLinksView } from '#libs/agreements';
import { audit, auditsView, ListObligations, listObligations, obligation, obligationsView } from '#libs/audits';
import { Executor, Moments, Streams, type Asking, type Reach } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { document, documentId, DocumentStore } from '#libs/documents';
import { logMigrations, postgresLog, type EventLog, type Position } from '#libs/event-log';
import { derivedId, EventRegistry, instant, randomId, stockholmDay, type Entry } from '#libs/kernel';
import { meeting } from '#libs/meetings';
import { organisationId, organisationStream } from '#libs/organisation';
import { reply } from '#libs/replies';
import { AllCounts, allCounts, BoardCounts, boardCounts, ObligationBundle, obligationBundle } from '#libs/reports';
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
const registered = (): readonly Fact[] => {
  const facts: Fact[] = [['MunicipalityRegistered', 1, { name: 'Bänkstad' }]];
  for (let n = 0; n < BOARDS; n++) facts.push(['UnitRegistered', 2, { unit: board(n), name: `Nämnd ${n}`, kind: 'board' }]);
  for (let n = 0; n < UNITS; n++)
    facts.push(['UnitRegistered', 2, { unit: derivedId('bench unit', n), name: `Enhet ${n}`, kind: 'unit', partOf: board(n % BOARDS) }]);
  return facts;
};

type Fact = readonly [type: string, schema: number, data: Entry['data']];

const appended = async (log: EventLog, stream: string, facts: readonly Fact[]): Promise<void> => {
  const by = { actor: 'bench', role: 'system', unit: board(0) };
  const entries = facts.map(([type, schema, data], rev): Entry => ({
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
  for (let rev = 0; rev < entries.length; rev += APPEND) await log.append(TENANT, stream, rev - 1, entries.slice(rev, rev + APPEND));
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

const ACTIONS = 10;
const REPORTS_OF_PROGRESS = 300;
const DOCUMENTS = 40;
const DOCUMENT_BYTES = 1_048_576;

/** Bytes that no packing makes smaller, as those of PDF. */
class InMemory extends DocumentStore {
  readonly #bytes = new Map<string, Buffer>();
  override put(_tenant: string, sha256: string, bytes: Buffer): Promise<void> {
    this.#bytes.set(sha256, bytes);
    return Promise.resolve();
  }
  override get(_tenant: string, sha256: string): Promise<Readable | undefined> {
    const found = this.#bytes.get(sha256);
    return Promise.resolve(found && Readable.from([found]));
  }
  override check(): Promise<void> {
    return Promise.resolve();
  }
}

/** An obligation of which much is recorded, and the handing over of all of it. */
const bundleWay = async (log: EventLog, views: Views, by: Asking['by']): Promise<Way> => {
  const streams = [organisationStream, audit, obligation, action, reply, meeting, document];
  const registry = new EventRegistry(new Set(streams.flatMap(({ events }) => events)));
  const [report, one] = [derivedId('bench report'), derivedId('bench obligation')];
  const moments = new HalfBack(9_000_000_000n as Position);
  const store = new InMemory();
  const said = { obligation: one, audit: report, recommendation: derivedId('bench recommendation'), board: board(3), number: 'R1', addressed: 'named' };
  const actions = Array.from({ length: ACTIONS }, (_, n) => derivedId('bench action', n));
  const stands = { kind: 'ongoing', status: 'promised' };
  const noted = actions.map((id): Fact => ['ActionNoted', 1, { obligation: one, action: id, ...stands }]);
  await appended(log, `${audit.name}-${report}`, [
    ['AuditReportRegistered', 1, { audit: report, numbers: ['1/2020'], title: 'Granskning', issuedBy: board(0) }],
  ]);
  await appended(log, `${obligation.name}-${one}`, [['ObligationArisen', 1, said], ...noted]);
  const kept: string[] = [];
  for (let n = 0; n < DOCUMENTS; n++) {
    const bytes = randomBytes(DOCUMENT_BYTES);
    const sha256 = hash('sha256', bytes);
    kept.push(sha256);
    await store.put(TENANT, sha256, bytes);
    const stored = { sha256, size: bytes.length, mediaType: 'application/pdf', name: `Underlag ${n}.pdf` };
    await appended(log, `${document.name}-${documentId(TENANT, sha256)}`, [['DocumentStored', 1, stored]]);
  }
  for (const [nth, id] of actions.entries()) {
    const about = { action: id, title: `Metodmöten ${nth}`, kind: 'ongoing', board: board(3), unit: derivedId('bench unit', 3), role: 'unit-manager' };
    const progress = (n: number): Fact => [
      'ProgressReported',
      1,
      {
        action: id,
        on: '2026-03-01',
        note: 'Metodmöte hållet i alla enheter; beställningar och planer granskade.',
        documents: kept.slice(n % DOCUMENTS, (n % DOCUMENTS) + 1),
      },
    ];
    const facts = Array.from({ length: REPORTS_OF_PROGRESS }, (_, n) => progress(n));
    await appended(log, `${action.name}-${id}`, [['ActionProposed', 1, { ...about, obligations: [one], stands }], ...facts]);
  }
  const asking = { tenant: TENANT, by, now: NOW, today: stockholmDay(NOW), reach: {} };
  return way(`a bundle of ${ACTIONS * REPORTS_OF_PROGRESS} entries, ${DOCUMENTS} MiB`, async () => {
    const query = Object.assign(new ObligationBundle(), { obligation: one });
    const { content } = await obligationBundle(query, asking, new Streams(log, registry, moments), moments, store, registry, views);
    for await (const part of content as AsyncIterable<Buffer>) if (part.length === 0) throw new Error('A part of nothing.');
  });
};

const measured = (objects: number): Promise<readonly Measured[]> => {
  const { promise, resolve } = Promise.withResolvers<readonly Measured[]>();
  return withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const worker = openPool(urls.worker, { max: 1, name: 'bench' });
    await prepareViews(worker);
    await worker.query('set transaction_timeout = 0; select setseed(0.5)');
    for (const statement of [...auditsView.create, fillAudits(objects), ...auditsView.index, ...agreementLinksView.create, ...agreementLinksView.index])
      await worker.query(statement);
    for (const statement of [...obligationsView.create, fill(objects), ...obligationsView.index]) await worker.query(statement);
    await worker.query(`vacuum analyze views.${obligationsView.table}`); // as autovacuum does it
    const log = await postgresLog({ url: urls.worker });
    await appended(log, `${organisationStream.name}-${organisationId(TENANT)}`, registered());

    const pool = openPool(urls.api, { max: 2, name: 'bench' });
    const views = new Views({ pool, log, views: [auditsView, obligationsView, agreementLinksView] });
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
      way(`${then ? 'asOf' : 'now'}, a board`, async () => [await page(then, own), await counts(then)]),
      way(`${then ? 'asOf' : 'now'}, all boards`, async () => [await page(then, {}), await all(then)]),
    ]);
    const bundle = await bundleWay(log, views, by);
    resolve([...(await measure(ways, { inFlight: 1, seconds: 6 })), ...(await measure([bundle], { inFlight: 1, seconds: 6 }))]);
    await Promise.all([log.close(), pool.end(), worker.end()]);
  }).then(() => promise);
};

export const run = async (): Promise<void> => {
  const sizes = [10_000, 100_000];
  const seen: (readonly Measured[])[] = [];
  for (const objects of sizes) {
    seen.push(await measured(objects));
    print(
      `A page of the list with its totals, and the counts: ${objects.toLocaleString('en')} obligations with ${VERSIONS} versions each, ${BOARDS} boards`,
      seen.at(-1) ?? [],
    );
  }
  console.log('\nGrowth of p95 from 10,000 to 100,000');
  const [few, many] = seen;
  for (const [nth, { name, p95 }] of (many ?? []).entries()) console.log(`  ${name.padEnd(28)}× ${(p95 / (few?.[nth]?.p95 ?? p95)).toFixed(1)}`);
};
