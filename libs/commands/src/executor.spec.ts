import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { openPool } from '#libs/database';
import { logMigrations, postgresLog, type EventLog } from '#libs/event-log';
import {
  CodeType,
  event,
  eventType,
  EventRegistry,
  forbidden,
  IdType,
  instant,
  randomId,
  Refusal,
  UnknownEvent,
  unknown,
  type By,
  type Decide,
  type EventOf,
  type Stream,
} from '#libs/kernel';
import { preparedDatabase, someEntry, type PreparedDatabase } from '#libs/testing';
import { ERASED, Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { created, Executor, ofTenant, ofUnit, system, type Context, type Need, type UseCase } from './index.js';

/** A small domain: a case that is opened in a unit, noted upon, and rung at by a timer. */
const Opened = eventType('CaseOpened', {
  name: { sv: 'Ärende öppnat', en: 'Case opened' },
  schema: 1,
  data: { subject: IdType('Pseudonym.'), unit: IdType('The unit.') },
  personal: { who: Type.String() },
});
const Noted = eventType('CaseNoted', {
  name: { sv: 'Antecknat', en: 'Noted' },
  schema: 1,
  data: { number: Type.Integer() },
  personal: { note: Type.Optional(Type.String()) },
});
const Rung = eventType('CaseRung', { name: { sv: 'Ringt', en: 'Rung' }, schema: 1, byTimer: true, data: { why: CodeType(['late'], 'Why.') } });
type CaseEvent = EventOf<typeof Opened> | EventOf<typeof Noted> | EventOf<typeof Rung>;
type Case = { readonly status: 'none' } | { readonly status: 'open'; readonly subject: string; readonly unit: string; readonly notes: number };

const cases: Stream<Case, CaseEvent> = {
  name: 'case',
  events: [Opened, Noted, Rung],
  initial: { status: 'none' },
  evolve: (state, { type, data }) => {
    if (type === 'CaseOpened') return { status: 'open', subject: data.subject, unit: data.unit, notes: 0 };
    return state.status === 'open' && type === 'CaseNoted' ? { ...state, notes: state.notes + 1 } : state;
  },
  subject: (state) => (state.status === 'open' ? state.subject : undefined),
};

class Open {
  id?: string;
  who = 'Åsa';
}
class Note {
  id!: string;
  note?: string;
}
class Ring {
  id!: string;
}
class Misdeclare {
  id!: string;
}

const unit = (state: Case) => (state.status === 'open' ? state.unit : undefined);
const may = [ofUnit('case-officer'), ofTenant('process-owner'), system];
const missing = () => unknown('case.unknown', { sv: 'Finns inte.', en: 'There is none.' });
const opens: UseCase<Open, Case, CaseEvent, Record<never, never>> = {
  of: cases,
  id: created('case', ({ id }) => id),
  may,
  unit,
  decide: ({ who }, state, { by, subject }) => (state.status === 'open' ? [] : [event(Opened, { subject, unit: by.unit }, { who })]),
};
const note: Decide<Note, Case, CaseEvent> = (command, state) => {
  if (state.status === 'none') throw missing();
  if (command.note === 'full') throw forbidden('case.full', { sv: 'Fullt.', en: 'Full.' });
  if (command.note === 'nothing') return [];
  return [event(Noted, { number: state.notes + 1 }, command.note === undefined ? {} : { note: command.note })];
};
const notes: UseCase<Note, Case, CaseEvent, Record<never, never>> = { of: cases, id: ({ id }) => id, may, unit, decide: note };
const rings: UseCase<Ring, Case, CaseEvent, Record<never, never>> = {
  of: cases,
  id: ({ id }) => id,
  may: [system],
  unit,
  decide: () => [event(Rung, { why: 'late' })],
};

let database: PreparedDatabase;
let log: EventLog;
let vault: Vault;
const registry = new EventRegistry(cases.events);
const pools: ReturnType<typeof openPool>[] = [];
const executor = () => new Executor(log, vault, registry);

beforeAll(async () => {
  database = await preparedDatabase([vaultMigrations, logMigrations]);
  log = await postgresLog({ url: database.api });
  pools.push(openPool(database.api, { max: 4, name: 'spec' }));
  vault = new Vault(new PostgresVault(pools[0]!), new Keyring(Buffer.alloc(32, 7)), { record: () => Promise.resolve() });
});
afterAll(async () => {
  await log.close();
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const ostermalm = randomId();
const officer: By = { actor: randomId(), role: 'case-officer', unit: ostermalm };
const context = (more: Partial<Context> = {}): Context => ({
  tenant: 'stockholm',
  by: officer,
  commandId: randomId(),
  corr: 'c'.repeat(32),
  now: instant('2020-10-01T06:00:00Z'),
  ...more,
});
const opened = async (by = executor(), more: Partial<Context> = {}) => by.execute(opens, new Open(), context(more));
const refusal = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error('It was not refused.', { cause: error });
  return error;
};
const streamOf = (id: string) => log.readStream('stockholm', `case-${id}`);

test('a command is answered with where its stream stands, and its events say who, when and by which command', async () => {
  const sent = context();
  const answer = await executor().execute(opens, new Open(), sent);
  const [stored] = await streamOf(answer.id);
  expect(answer).toEqual({ id: answer.id, revision: 0, etag: 0, position: stored?.position });
  expect(stored?.entry).toMatchObject({
    v: 1,
    tenant: 'stockholm',
    rev: 0,
    type: 'CaseOpened',
    schema: 1,
    at: sent.now,
    by: officer,
    corr: sent.corr,
    cmd: sent.commandId,
  });
});

describe('the same command twice has one effect', () => {
  test('in the same process and in another, later than other commands', async () => {
    const one = executor();
    const sent = context();
    const first = await one.execute(opens, new Open(), sent);
    await one.execute(notes, { id: first.id }, context());
    expect(await one.execute(opens, new Open(), sent)).toEqual(first);
    expect(await executor().execute(opens, new Open(), sent)).toEqual(first);
    expect(await streamOf(first.id)).toHaveLength(2);
  });

  test('sent by many at once', async () => {
    const sent = context();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? executor() : executor()).execute(opens, new Open(), sent)));
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(await streamOf(answers[0]!.id)).toHaveLength(1);
  });

  test('even where it would be refused by now, or was read before it happened', async () => {
    const { id } = await opened();
    const sent = context({ ifMatch: 0 });
    const first = await executor().execute(notes, { id }, sent);
    expect(await executor().execute(notes, { id }, sent)).toEqual(first);
  });
});

test('many who write at once all get their turn, each decided on what the others wrote', async () => {
  const { id } = await opened();
  const [one, other] = [executor(), executor()];
  await Promise.all(Array.from({ length: 24 }, (_, n) => (n % 2 ? one : other).execute(notes, { id }, context())));
  const numbers = (await streamOf(id)).slice(1).map(({ entry }) => entry.data.number);
  expect(numbers).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
});

describe('If-Match', () => {
  test('a change that somebody else has made since is told, and nothing is written', async () => {
    const { id } = await opened();
    await executor().execute(notes, { id }, context({ ifMatch: 0 }));
    expect((await refusal(executor().execute(notes, { id }, context({ ifMatch: 0 })))).kind).toBe('stale');
    expect(await streamOf(id)).toHaveLength(2);
  });

  test('a timer that wrote since is no conflict', async () => {
    const { id, etag } = await opened();
    const rung = await executor().execute(rings, { id }, context({ by: { actor: 'timers', role: 'system', unit: ostermalm } }));
    expect(rung).toMatchObject({ revision: 1, etag: 0 });
    expect(await executor().execute(notes, { id }, context({ ifMatch: etag }))).toMatchObject({ revision: 2, etag: 2 });
  });
});

describe('who may', () => {
  test('another unit’s case is answered as one that does not exist, whatever is asked of it', async () => {
    const { id } = await opened();
    const by = { ...officer, unit: randomId() };
    const absent = await refusal(executor().execute(notes, { id: randomId() }, context({ by })));
    for (const asked of [{}, { note: 'full' }, { note: 'nothing' }]) {
      for (const seen of [{}, { ifMatch: 0 }, { ifMatch: 7 }]) {
        expect(await refusal(executor().execute(notes, { id, ...asked }, context({ by, ...seen })))).toMatchObject({ kind: absent.kind, code: absent.code });
      }
    }
    expect((await refusal(executor().execute(opens, { id, who: 'Elev' }, context({ by })))).kind).toBe('unknown');
  });
  test('another tenant’s case does not exist', async () => {
    const { id } = await opened();
    expect((await refusal(executor().execute(notes, { id }, context({ tenant: 'tyreso' })))).code).toBe('case.unknown');
  });
  test('a role that may not is told so, whatever the case and whether there is one', async () => {
    const { id } = await opened();
    for (const by of [
      { ...officer, role: 'auditor' },
      { ...officer, role: 'auditor', unit: randomId() },
    ]) {
      for (const asked of [id, randomId()]) {
        expect((await refusal(executor().execute(notes, { id: asked }, context({ by })))).code).toBe('role.not-allowed');
      }
    }
  });
  test('a role of the whole municipality reaches every unit', async () => {
    const { id } = await opened();
    const owner = { ...officer, role: 'process-owner', unit: randomId() };
    expect(await executor().execute(notes, { id }, context({ by: owner }))).toMatchObject({ revision: 1 });
  });
});

test('a refusal and an empty decision write nothing; the empty one says where the stream stands', async () => {
  const { id, position } = await opened();
  expect((await refusal(executor().execute(notes, { id, note: 'full' }, context()))).code).toBe('case.full');
  expect(await executor().execute(notes, { id, note: 'nothing' }, context())).toEqual({ id, revision: 0, etag: 0, position });
  expect(await streamOf(id)).toHaveLength(1);
});

test('what a decision rests on is loaded before it and cited', async () => {
  const { id: basis } = await opened();
  const other: Need<Note, { readonly notes: number }> = async (reads) => {
    const { state, lastId } = await reads.fold(cases, basis);
    return { value: { notes: state.status === 'open' ? state.notes : 0 }, basis: lastId === undefined ? [] : [lastId] };
  };
  const { id } = await opened();
  const resting: UseCase<Note, Case, CaseEvent, { other: typeof other }> = {
    ...notes,
    needs: { other },
    decide: (_, __, { other: { notes: count } }) => [event(Noted, { number: count + 100 }, {})],
  };
  await executor().execute(resting, { id }, context());
  const [, written] = await streamOf(id);
  expect(written?.entry).toMatchObject({ data: { number: 100 }, basis: [(await streamOf(basis))[0]?.entry.id] });
});

describe('what is personal', () => {
  test('is sealed on the way in and opened for whoever may read it', async () => {
    const { id } = await opened();
    await executor().execute(notes, { id, note: 'Ringde mamman på Ängsvägen' }, context());
    const stored = await streamOf(id);
    expect(stored.map(({ text }) => text).join()).not.toMatch(/Åsa|Ängsvägen/);
    const by = await vault.open(
      'stockholm',
      stored.map(({ entry }) => entry),
    );
    expect(stored.map(({ entry }) => by.get(entry.id))).toEqual([{ who: 'Åsa' }, { note: 'Ringde mamman på Ängsvägen' }]);
  });

  test('once its key is destroyed nobody can read it or add to it, and the stream folds as before', async () => {
    const { id } = await opened();
    const [stored] = await streamOf(id);
    await vault.destroy('stockholm', String(stored?.entry.data.subject));
    expect((await vault.open('stockholm', [stored!.entry])).get(stored!.entry.id)).toEqual({ who: ERASED });
    expect((await refusal(executor().execute(notes, { id, note: 'mer' }, context()))).code).toBe('case.erased');
    expect(await executor().execute(notes, { id }, context())).toMatchObject({ revision: 1 });
    expect((await executor().reads('stockholm').fold(cases, id)).state).toMatchObject({ status: 'open', notes: 1 });
  });
});

describe('what a release does not know', () => {
  test('a decision that its stream does not declare is found before anything is stored', async () => {
    const { id } = await opened();
    const wrong: UseCase<Misdeclare, Case, CaseEvent, Record<never, never>> = {
      ...notes,
      decide: () => [{ type: 'CaseNoted', data: { number: 'one' } } as unknown as CaseEvent],
    };
    await expect(executor().execute(wrong, { id }, context())).rejects.toThrow('CaseNoted does not follow its declaration');
    expect(await streamOf(id)).toHaveLength(1);
  });

  test('an entry of a newer schema stops the fold instead of being guessed at', async () => {
    const { id } = await opened();
    await log.append('stockholm', `case-${id}`, 0, [someEntry('stockholm', `case-${id}`, 1, { type: 'CaseNoted', schema: 2 })]);
    await expect(executor().execute(notes, { id }, context())).rejects.toThrow(UnknownEvent);
  });
});

test('a decision is offered at most fifteen events', async () => {
  const { id } = await opened();
  const many: UseCase<Note, Case, CaseEvent, Record<never, never>> = {
    ...notes,
    decide: () => Array.from({ length: 16 }, () => event(Noted, { number: 1 }, {})),
  };
  await expect(executor().execute(many, { id }, context())).rejects.toThrow('at most 15');
});
