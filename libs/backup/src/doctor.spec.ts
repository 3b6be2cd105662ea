import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withClient } from '#libs/database';
import { instant, randomId } from '#libs/kernel';
import { putReactions } from '#libs/reactions';
import { someEntry } from '#libs/testing';
import { rebuildView } from '#libs/views';
import { casesView, openGround, views, type Ground } from '../spec/ground.js';
import { backUp, examine, isSound, newIdentity, type Checked, type CheckName } from './index.js';

// Damage is done here past everything that guards it, as a hand in the database or on the disk would, and mended afterwards.

let ground: Ground;
let anna: { readonly tenant: string; readonly stream: string; readonly subject: string };
let bo: typeof anna;
let sha256: string;

beforeAll(async () => {
  ground = await openGround('PostgreSQL, documents in a folder');
  anna = await ground.writes.opens('stockholm', 'Anna');
  bo = await ground.writes.opens('tyreso', 'Bo');
  await ground.writes.notes(anna, 'mer');
  sha256 = await ground.writes.stores('stockholm', 'Svar på rapport 5');
  await ground.writes.stores('stockholm', 'Svar på rapport 5');
  await ground.vault.destroy(bo.tenant, bo.subject);
  await ground.follow();
  const footing = { id: (await ground.log.readStream(anna.tenant, anna.stream))[0]?.entry.id ?? '', tenant: anna.tenant, stream: anna.stream, rev: 0 };
  await putReactions(ground.worker, ground.log, { checkpoints: [{ name: 'tells', footing }], deadLetters: [] });
});
afterAll(() => ground.close());

const reactions = ['tells'];
const doctor = () => examine({ ...ground.examined, reactions });
const of = (checks: readonly Checked[], name: CheckName) => checks.find((one) => one.name === name);
const superuser = (sql: string, values: readonly unknown[] = []) =>
  withClient(ground.database.superuserUrl, 'spec', (client) => client.query(sql, [...values]));
/** What the doctor finds while something is damaged: the sentences of the one check that is unsound. */
const found = async (name: CheckName, damage: () => Promise<unknown>, mend: () => Promise<unknown>): Promise<readonly string[]> => {
  await damage();
  try {
    const checks = await doctor();
    expect(checks.filter(({ deviations }) => deviations.count > 0).map((one) => one.name)).toEqual([name]);
    return of(checks, name)?.deviations.named ?? [];
  } finally {
    await mend();
  }
};

test('an installation in which nothing is amiss is sound, and everything is counted', async () => {
  const checks = await doctor();
  expect(isSound(checks)).toBe(true);
  expect(Object.fromEntries(checks.map(({ name, numbers }) => [name, numbers]))).toMatchObject({
    log: { entries: 5, streams: 3, tenants: 2, head: '5' },
    vault: { sound: 3, erased: 2, missing: 0, altered: 0, keyless: 0, 'left-over': 0, keys: 2, destroyed: 1, unnamed: 0 },
    documents: { documents: 1, bytes: 18 },
    erasures: { erased: 1, untold: 0 },
    reactions: { reactions: 1, stand: 1, new: 0, refused: 0 },
    views: { views: 2, equal: 2, different: 0, absent: 0, other: 0, behind: 0, rows: 5 },
  });
});

test('it leaves nothing behind, and sweeps what one left that was killed', async () => {
  await superuser('create schema uppsikt_doctor_0a0b0c0d authorization uppsikt_owner; create table uppsikt_doctor_0a0b0c0d.left_over (x integer)');
  await doctor();
  const { rows } = await superuser(`select nspname from pg_namespace where starts_with(nspname, 'uppsikt_doctor')`);
  expect(rows).toEqual([]);
});

test('two at once are refused', async () => {
  await withClient(ground.database.owner, 'spec', async (client) => {
    await client.query('select pg_advisory_lock(8116)');
    await expect(doctor()).rejects.toThrow(/Another doctor/);
  });
});

const KEPT = `create table public.kept as select * from vault.parts where tenant = 'stockholm'`;
const PUT_BACK = `delete from vault.parts; insert into vault.parts select * from public.kept; drop table public.kept`;

test('a part that is missing though its key is not destroyed', async () => {
  expect(
    await found(
      'vault',
      () => superuser(`${KEPT}; delete from vault.parts where part = 'name'`),
      () => superuser(PUT_BACK),
    ),
  ).toEqual([expect.stringMatching(/^Part name of entry .* of stockholm is missing, and its key is not destroyed/)]);
});

test('a part whose bytes were changed', async () => {
  const change = `${KEPT}; update vault.parts set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where part = 'name'`;
  expect(
    await found(
      'vault',
      () => superuser(change),
      () => superuser(PUT_BACK),
    ),
  ).toEqual([expect.stringMatching(/^Part name .* holds other bytes than the entry names/)]);
});

test('a part that is left of somebody who was erased', async () => {
  const [opening] = await ground.log.readStream(bo.tenant, bo.stream);
  const ref = opening!.entry.personal![0]!;
  const damage = () =>
    superuser(`insert into vault.parts (tenant, event_id, part, subject, sha256, bytes) values ($1, $2, $3, $4, $5, '\\x00')`, [
      bo.tenant,
      opening!.entry.id,
      ref.part,
      bo.subject,
      ref.sha256,
    ]);
  expect(await found('vault', damage, () => superuser(`delete from vault.parts where tenant = 'tyreso'`))).toEqual([
    expect.stringMatching(/is there still, though its key is destroyed/),
  ]);
});

test('parts that no entry names are noted, and are nothing amiss: a worker removes them', async () => {
  const { subject } = anna;
  await superuser(`insert into vault.parts (tenant, event_id, part, subject, sha256, bytes) values ('stockholm', $1, 'note', $2, 'x', '\\x00')`, [
    randomId(),
    subject,
  ]);
  try {
    const vault = of(await doctor(), 'vault');
    expect(vault?.deviations.count).toBe(0);
    expect(vault?.notes).toEqual([expect.stringMatching(/^1 parts are named by no entry .* younger than a day are usual; older ones a worker removes\.$/)]);
  } finally {
    await superuser(`delete from vault.parts where sha256 = 'x'`);
  }
});

test('a key that is gone, or another', async () => {
  const row = `tenant = 'stockholm'`;
  const kept = (await superuser(`select kid from vault.keys where ${row}`)).rows[0] as { kid: string };
  const damage = () => superuser(`update vault.keys set kid = $1 where ${row}`, [randomId()]);
  expect(await found('vault', damage, () => superuser(`update vault.keys set kid = $1 where ${row}`, [kept.kid]))).toHaveLength(4);
});

test('a key that the key file does not open', async () => {
  const flip = `update vault.keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where tenant = 'stockholm'`;
  expect(
    await found(
      'vault',
      () => superuser(flip),
      () => superuser(flip),
    ),
  ).toEqual([`The key of ${anna.subject} of stockholm is not one that the key file opens.`]);
});

test('another key file', async () => {
  const value = ground.keyring.checkValue;
  await superuser('insert into vault.key_file (check_value) values ($1)', ['0'.repeat(32)]);
  const mend = () => superuser('update vault.key_file set check_value = $1', [value]);
  expect(await found('vault', () => Promise.resolve(), mend)).toEqual([expect.stringMatching(/^The key file is not the one/)]);
  const identity = await newIdentity();
  await superuser('update vault.key_file set check_value = $1', ['0'.repeat(32)]);
  await expect(backUp(ground, { to: join(ground.folder, 'x'), seal: { recipients: [identity.recipient] }, release: 'spec' })).rejects.toThrow(
    /key file is not the one/,
  );
  await mend();
});

test('a document that is missing, or was changed where it lies; a backup is made all the same, and says so', async () => {
  const place = join(ground.folder, 'documents', 'stockholm', sha256.slice(0, 2));
  const [name] = await readdir(place);
  const path = join(place, name!);
  const { recipient } = await newIdentity();
  const backup = (to: string) => backUp(ground, { to: join(ground.folder, to), seal: { recipients: [recipient] }, release: 'spec' });
  const put = () => ground.documents.put('stockholm', sha256, Buffer.from('Svar på rapport 5'));

  await chmod(path, 0o600);
  await writeFile(path, 'Svar på rapport 6');
  expect((await backup('a')).lacking.named).toEqual([expect.stringMatching(/holds bytes with the hash/)]);
  expect(
    await found(
      'documents',
      () => Promise.resolve(),
      () => rm(path),
    ),
  ).toEqual([expect.stringMatching(/holds bytes with the hash/)]);
  expect((await backup('b')).lacking.named).toEqual([`The document ${sha256} of stockholm is missing.`]);
  expect(await found('documents', () => Promise.resolve(), put)).toEqual([`The document ${sha256} of stockholm is missing.`]);
});

test('an entry that was changed, and one that was taken out', async () => {
  const guarded = (sql: string) => superuser(`alter table log.events disable trigger all; ${sql}; alter table log.events enable trigger all`);
  await superuser('create table public.log_kept as select * from log.events');
  const mend = () => guarded('delete from log.events; insert into log.events select * from public.log_kept');
  const spaced = () => guarded(`update log.events set entry = convert_to(' ' || convert_from(entry, 'UTF8'), 'UTF8') where position = 5`);
  expect(await found('log', spaced, mend)).toEqual([expect.stringMatching(/^Entry .* at position 5 .* is not written as the log writes entries/)]);

  // A note was taken out: the stream has a gap and the positions too, its parts are named by nobody, and the view shows more than there is.
  await guarded('delete from log.events where position = 3');
  const checks = await doctor();
  await mend();
  expect(of(checks, 'log')?.deviations.named).toEqual([expect.stringMatching(/at position 4 .* follows position 2/)]);
  expect(of(checks, 'views')?.deviations.named).toEqual([
    expect.stringMatching(/^The view cases_1 differs from its rebuild in 2 of 4 rows: .* should not be there|is another/),
  ]);
  expect(of(checks, 'vault')?.notes).toEqual([expect.stringMatching(/^1 parts are named by no entry/)]);
  await superuser('drop table public.log_kept');
});

const rebuilt = async () => {
  await rebuildView(ground.worker, casesView.table);
  await ground.follow();
};

test('a row of a view that was changed, one that is missing and one too many', async () => {
  const current = `views.cases_1 where key = '${anna.stream}' and until is null`;
  expect(await found('views', () => superuser(`update views.cases_1 set notes = 7 where ctid = (select ctid from ${current})`), rebuilt)).toEqual([
    `The view cases_1 differs from its rebuild in 1 of 3 rows: stockholm ${anna.stream} 3 is another.`,
  ]);
  expect(
    await found('views', () => superuser(`update views.cases_1 set about = '{"last":2}' where ctid = (select ctid from ${current})`), rebuilt),
  ).toHaveLength(1);
  expect(await found('views', () => superuser(`delete from ${current}`), rebuilt)).toEqual([expect.stringMatching(/3 is missing\.$/)]);
  const double = `insert into views.cases_1 (tenant, key, since, notes, about) values ('stockholm', 'x', 4, 0, '{}')`;
  expect(await found('views', () => superuser(double), rebuilt)).toEqual([expect.stringMatching(/stockholm x 4 should not be there\.$/)]);
});

test('views that have not come to the end are compared as far as they have, absent ones are told', async () => {
  await ground.writes.notes(anna, 'ännu mer');
  let checks = await doctor();
  expect(isSound(checks)).toBe(true);
  expect(of(checks, 'views')).toMatchObject({ numbers: { equal: 2, behind: 2 }, notes: [expect.stringMatching(/^2 views had not come to the end/)] });
  for (const { table } of views) await superuser(`drop table views.${table} cascade`);
  await superuser('delete from views.checkpoints');
  checks = await doctor();
  expect(isSound(checks)).toBe(true);
  expect(of(checks, 'views')).toMatchObject({ numbers: { equal: 0, absent: 2 }, notes: [expect.stringMatching(/^2 views are not there yet/)] });
  await ground.follow();
  expect(of(await doctor(), 'views')?.numbers).toMatchObject({ equal: 2, behind: 0 });
});

const follows = (log: string) => superuser('update views.reactions set log = $1', [log]);

test('a reaction that has followed another log', async () => {
  expect(
    await found(
      'reactions',
      () => follows(randomId()),
      () => follows(ground.log.id),
    ),
  ).toEqual([expect.stringMatching(/^The reaction tells has followed another log/)]);
});

test('somebody who is in the ledger of erasures and has a key still: a process was killed between', async () => {
  const eva = await ground.writes.opens('stockholm', 'Eva');
  await ground.follow();
  await ground.ledger.record({ ...eva, at: instant('2026-03-02T08:00:00Z') });
  expect(
    await found(
      'erasures',
      () => Promise.resolve(),
      () => ground.vault.destroy('stockholm', eva.subject),
    ),
  ).toEqual([expect.stringMatching(new RegExp(`^${eva.subject} of stockholm is in the ledger of erasures and has a key still`))]);
  expect(isSound(await doctor())).toBe(true);
});

test('an entry that this release cannot read stops a view, and a fold that fails puts a row in quarantine', async () => {
  const stream = `case-${randomId()}`;
  await ground.log.append('stockholm', stream, -1, [someEntry('stockholm', stream, 0, { type: 'CaseNoted', data: { nth: -1 } })]);
  await ground.follow();
  const checks = await doctor();
  expect(of(checks, 'views')?.deviations.named).toEqual([
    expect.stringMatching(new RegExp(`^The view cases_1 cannot fold ${stream} of stockholm, by CaseNoted`)),
  ]);
  const other = `case-${randomId()}`;
  await ground.log.append('stockholm', other, -1, [someEntry('stockholm', other, 0, { type: 'CaseNoted', schema: 2 })]);
  const named = of(await doctor(), 'views')?.deviations.named;
  expect(named).toEqual([
    expect.stringMatching(/^The view cases_1 cannot fold/),
    expect.stringMatching(/^The view cases_1 stands still: Event .* is a CaseNoted of schema 2/),
    expect.stringMatching(/^The view files_1 stands still/),
  ]);
});
