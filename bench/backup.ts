// A backup is made, restored and examined: how fast, how large, and in how much memory.
import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { backUp, examine, isSound, newIdentity, RESTORE, restore, type Targets } from '#libs/backup';
import { reactions, registry, views } from '#libs/catalogue';
import { clientConfig, migrate, openPool, prepareDatabase } from '#libs/database';
import { documentId, DocumentStored, openDocuments } from '#libs/documents';
import { logMigrations, movingPostgresLog } from '#libs/event-log';
import { randomId } from '#libs/kernel';
import { FolderLedger, Keyring, PostgresVault, Vault, vaultMigrations } from '#libs/vault';
import { ViewRunner, Views } from '#libs/views';
import { entry } from './entries.js';
import { withServer } from './server.js';
import { appendTraffic } from './traffic.js';

const COUNT = Number(process.env.COUNT ?? 100_000);
/** Documents of 20 kB, each recorded with two personal parts of about 2 kB. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? COUNT / 50);
const TENANT = 'stockholm';
const keyring = new Keyring(Buffer.alloc(32, 1));

type House = Targets & { readonly workerUrl: string; readonly close: () => Promise<void> };

const open = async (superuserUrl: string, database: string, folder: string): Promise<House> => {
  const { owner: ownerUrl, worker: workerUrl } = await prepareDatabase(superuserUrl, { database });
  await migrate(ownerUrl, [vaultMigrations, logMigrations]);
  const owner = new Client(clientConfig(ownerUrl, RESTORE));
  await owner.connect();
  const worker = openPool(workerUrl, { max: 8, name: RESTORE });
  const log = await movingPostgresLog({ url: ownerUrl, name: RESTORE });
  const documents = await openDocuments(pathToFileURL(join(folder, database)).href);
  const close = async () => {
    await log.close();
    await Promise.all([worker.end(), owner.end()]);
  };
  return { owner, worker, workerUrl, log, documents, keyring, ledger: new FolderLedger(join(folder, 'erasures')), close };
};

/** Everything that there is to be kept. */
const fill = async ({ log, worker, documents }: House): Promise<void> => {
  await appendTraffic(log, COUNT);
  const vault = new Vault(new PostgresVault(worker), keyring);
  for (let nth = 0; nth < DOCUMENTS; nth++) {
    const bytes = Buffer.alloc(20_000, `${nth} `);
    const sha256 = hash('sha256', bytes, 'hex');
    await documents.put(TENANT, sha256, bytes);
    const stream = `document-${documentId(TENANT, sha256)}`;
    const recorded = { ...entry(stream, 0), type: DocumentStored.type, data: { sha256, size: bytes.length, mediaType: 'text', name: 'a.txt' } };
    const personal = { note: 'å'.repeat(1_000), name: 'ö'.repeat(1_000) };
    const { refs, sealed } = await vault.seal(TENANT, stream, randomId(), true, [{ eventId: recorded.id, personal }]);
    await log.append(TENANT, stream, -1, [{ ...recorded, personal: refs.get(recorded.id) ?? [] }], sealed);
  }
};

const follow = async ({ log, worker }: House): Promise<void> => {
  const runner = new ViewRunner({ pool: worker, log, registry, views });
  await runner.start();
  await new Views({ pool: worker, log, views }).waitFor(await log.head(), views, { timeoutMs: 3_600_000 });
  await runner.stop();
};

/** The memory that the process holds beside what it held before, at most: looked at ten times a second. */
const timed = async <T>(says: string, of: number, work: () => Promise<T>): Promise<T> => {
  const before = process.memoryUsage.rss();
  let most = before;
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100);
  const began = performance.now();
  const result = await work();
  clearInterval(looking);
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `${says.padEnd(10)} ${seconds.toFixed(1)} s, ${Math.round(of / seconds).toLocaleString('en')} entries/s, at most ${Math.round((most - before) / 1e6)} MB more than the ${Math.round(before / 1e6)} MB before`,
  );
  return result;
};

export const run = (): Promise<void> =>
  withServer(async (superuserUrl) => {
    const folder = await mkdtemp(join(tmpdir(), 'uppsikt-bench-backup-'));
    try {
      const [from, into] = [await open(superuserUrl, 'bench_from', folder), await open(superuserUrl, 'bench_into', folder)];
      const { identity, recipient } = await newIdentity();
      const path = join(folder, 'backup');
      await fill(from);
      await follow(from);
      const all = COUNT + DOCUMENTS;
      const made = await timed('backup', all, () => backUp(from, { to: path, seal: { recipients: [recipient] }, release: 'bench' }));
      const plain = Object.values(made.closing.sections).reduce((sum, { bytes }) => sum + bytes, 0);
      console.log(
        `           ${Math.round(plain / 1e6)} MB in ${Math.round(made.size / 1e6)} MB: ${made.closing.sections.log.items} entries, ${DOCUMENTS} documents`,
      );
      await timed('restore', all, () => restore(into, { from: path, opener: { identities: [identity] } }));
      const checks = await timed('doctor', all, () => examine({ ...from, registry, views, reactions: reactions.map(({ name }) => name) }));
      console.log(isSound(checks) ? 'sound' : JSON.stringify(checks.map(({ name, deviations }) => [name, deviations.named])));
      await Promise.all([from.close(), into.close()]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
