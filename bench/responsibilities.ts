// Who is responsible, of 10,000 rules and 1,000 agreements: the answers for one operation, now and as they were recorded halfway; and the
// written statement of a day, as a page and as PDF. The rules stand in the log as commands make them, and the views are filled from it.
import { Executor, Moments, Streams, type Asking, type Reach } from '#libs/commands';
import { migrate, openPool, prepareDatabase } from '#libs/database';
import { logMigrations, postgresLog, type Position } from '#libs/event-log';
import { addDays, derivedId, EventRegistry, instant, randomId, stockholmDay, type Day, type Entry } from '#libs/kernel';
import { organisationId, organisationStream } from '#libs/organisation';
import {
  circumstance,
  circumstancesView,
  PROVISION_FORMS,
  RESPONSIBILITY_KINDS,
  responsibilityRules,
  responsibilityRulesId,
  responsibilityRulesView,
  ResponsibilityStatementAsHtml,
  ResponsibilityStatementAsPdf,
  statementAsHtml,
  statementAsPdf,
  WhoIsResponsible,
  whoIsResponsible,
} from '#libs/responsibilities';
import { Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { measure, print, type Way } from './measure.js';
import { withServer } from './server.js';

const RULES = 10_000;
const AGREEMENTS = 1_000;
const BOARDS = 20;
const UNITS = 600;
const SERVICES = 10;
const TENANT = 'bench';
const NOW = instant('2026-03-02T08:00:00Z');
const FIRST = '2020-01-01' as Day;
const APPEND = 15;
const board = (n: number) => derivedId('bench board', n % BOARDS);
const unit = (n: number) => derivedId('bench unit', n % UNITS);
const service = (n: number) => `service-${n % SERVICES}`;

type Fact = readonly [type: string, schema: number, data: Entry['data']];

/** Boards with their units; two of them became one. */
const register = (): readonly Fact[] => [
  ['MunicipalityRegistered', 1, { name: 'Bänkstad' }],
  ...Array.from({ length: BOARDS }, (_, n): Fact => ['UnitRegistered', 2, { unit: board(n), name: `Nämnd ${n}`, kind: n < 14 ? 'district-board' : 'board' }]),
  ...Array.from({ length: UNITS }, (_, n): Fact => ['UnitRegistered', 2, { unit: unit(n), name: `Enhet ${n}`, kind: 'unit', partOf: board(n) }]),
  [
    'BoardSucceeded',
    1,
    { from: [board(0), board(1)], to: [board(2)], existing: [board(2)], on: '2023-07-01', decision: 'Kommunfullmäktige', exceptions: [], units: [] },
  ],
];

const FORMS = PROVISION_FORMS.length;
const KINDS = RESPONSIBILITY_KINDS.length;

/** For which operation the n-th group of rules is, one of each kind: a regiform, a service and a unit. */
const operation = (of: number) => ({
  provisionForm: PROVISION_FORMS[of % FORMS]!,
  service: service(Math.floor(of / FORMS)),
  operatingUnit: unit(Math.floor(of / (FORMS * SERVICES)) * 15),
});

const rule = (n: number) => {
  const of = Math.floor(n / KINDS);
  return {
    rule: derivedId('bench rule', n),
    kind: RESPONSIBILITY_KINDS[n % KINDS]!,
    match: operation(of),
    answer: { who: 'named', board: board(of), performingUnit: unit(of * 7) },
    basis: `Reglemente § ${n % 40}`,
  };
};

/** The last tenth of them are clauses of agreements, one each. */
const rules = (): readonly Fact[] =>
  Array.from({ length: RULES }, (_, n): Fact => {
    const from = addDays(FIRST, n % 700);
    if (n < RULES - AGREEMENTS) return ['ResponsibilityRuleSet', 1, { ...rule(n), from }];
    const made = { ...rule(n), clause: '1', basis: `Överenskommelse ${n}, punkt 1` };
    return ['RulesOfAgreementSet', 1, { agreement: derivedId('bench agreement', n), version: `v${n}`, from, rules: [made], disputes: [] }];
  });

const by = { actor: randomId(), role: 'system', unit: board(3) };
const entriesOf = (stream: string, facts: readonly Fact[]): readonly Entry[] =>
  facts.map(([type, schema, data], rev) => ({
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

/** Whatever moment is asked for lies at a position of its own. */
class At extends Moments {
  position = 0n as Position;
  override positionAt(): Promise<Position> {
    return Promise.resolve(this.position);
  }
}

const asking = (then: boolean): Asking & { readonly reach: Reach } => ({
  tenant: TENANT,
  by: { ...by, role: 'process-owner' },
  now: NOW,
  today: stockholmDay(NOW),
  reach: {},
  ...(then && { asOf: NOW }),
});
const any = (most: number) => Math.floor(Math.random() * most);
const way = (name: string, once: () => Promise<unknown>): Way => ({ name, worker: () => once, close: () => Promise.resolve() });

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const urls = await prepareDatabase(superuserUrl);
    await migrate(urls.owner, [vaultMigrations, logMigrations]);
    const log = await postgresLog({ url: urls.worker });
    for (const entries of [
      entriesOf(`${organisationStream.name}-${organisationId(TENANT)}`, register()),
      entriesOf(`${responsibilityRules.name}-${responsibilityRulesId(TENANT)}`, rules()),
    ])
      for (let rev = 0; rev < entries.length; rev += APPEND) await log.append(TENANT, entries[0]?.stream ?? '', rev - 1, entries.slice(rev, rev + APPEND));

    const registry = new EventRegistry([...new Set([...organisationStream.events, ...responsibilityRules.events, ...circumstance.events])]);
    const worker = openPool(urls.worker, { max: 6, name: 'bench' });
    const pool = openPool(urls.api, { max: 2, name: 'bench' });
    const kept = [responsibilityRulesView, circumstancesView];
    const runner = new ViewRunner({ pool: worker, log, registry, views: kept });
    await runner.start();
    const views = new Views({ pool, log, views: kept });
    await views.waitFor(await log.head(), kept, { timeoutMs: 120_000 });
    await worker.query(`analyze views.${responsibilityRulesView.table}`); // as autovacuum does it
    const executor = new Executor(log, new Vault(new PostgresVault(pool), new Keyring(Buffer.alloc(32, 1))), registry);
    const moments = new At();
    const streams = new Streams(log, registry, moments);
    const head = await log.head();

    const from = [views, moments, executor, streams] as const;
    const ask = (then: boolean) => {
      const question = Object.assign(new WhoIsResponsible(), operation(any(RULES / KINDS)), { on: addDays('2022-01-01' as Day, any(1_500)) });
      return whoIsResponsible(question, asking(then), ...from);
    };
    const on = '2024-01-01' as Day;
    const said = (then: boolean) => ({ on, ...(then && { asOf: NOW }) });
    const half = head / 2n;
    const at = (position: bigint) => void (moments.position = position as Position);
    print(
      `Who is responsible, of ${RULES.toLocaleString('en')} rules, ${AGREEMENTS.toLocaleString('en')} of them by agreements`,
      await measure(
        [
          way('now', () => ask(false)),
          way('asOf, halfway', () => (at(half), ask(true))),
          way('asOf, at any moment', () => (at(head - BigInt(any(RULES / 2))), ask(true))),
        ],
        { inFlight: 1, seconds: 6 },
      ),
    );
    print(
      'The written statement of a day, over all of them',
      await measure(
        [
          way('page', () => statementAsHtml(Object.assign(new ResponsibilityStatementAsHtml(), said(false)), asking(false), ...from)),
          way('PDF', () => statementAsPdf(Object.assign(new ResponsibilityStatementAsPdf(), said(false)), asking(false), ...from)),
          way('PDF, asOf halfway', () => (at(half), statementAsPdf(Object.assign(new ResponsibilityStatementAsPdf(), said(true)), asking(true), ...from))),
        ],
        { inFlight: 1, seconds: 12, turns: 2 },
      ),
    );
    await runner.stop();
    await Promise.all([log.close(), pool.end(), worker.end()]);
  });
