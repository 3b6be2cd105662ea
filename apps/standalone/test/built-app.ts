import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, cp, glob, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const HOME = join(ROOT, 'node_modules/.cache/uppsikt-built');
const SETTINGS = ['package.json', 'tsconfig.json', 'nest-cli.json', '.swcrc'];
const SOURCES = ['apps', 'libs'];
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** @returns the file that `npm start` runs, built of these very sources */
export async function builtApp(): Promise<string> {
  return join(await builtApps(), 'standalone/src/main.js');
}

/** A place in the sources where another release says something else. */
export interface Change {
  readonly path: string;
  readonly says: string;
  readonly becomes: string;
}

/**
 * Builds the apps as `npm run build` does, but not into `dist`: an instance that runs from there, or another test run, is left alone.
 * What has been built of these very sources already is taken.
 * @param changes what makes another release of it
 * @returns the folder of the built apps
 */
export async function builtApps(changes: readonly Change[] = []): Promise<string> {
  const folder = join(HOME, await fingerprint(changes));
  if (!(await isThere(folder))) await buildInto(folder, changes);
  return join(folder, 'dist/apps');
}

async function fingerprint(changes: readonly Change[]): Promise<string> {
  const found = await Array.fromAsync(glob(`{${SOURCES.join()}}/**/*.ts`, { cwd: ROOT, exclude: ['**/*.spec.ts'] }));
  const hash = createHash('sha256').update(JSON.stringify(changes));
  for (const path of [...SETTINGS, ...found.toSorted()]) hash.update(`${path}\n`).update(await readFile(join(ROOT, path)));
  return hash.digest('hex').slice(0, 16);
}

/** Made beside its place and renamed: of two runs that build at once one wins, and a killed one leaves nothing half made in the way. */
async function buildInto(folder: string, changes: readonly Change[]): Promise<void> {
  await mkdir(HOME, { recursive: true });
  await removeOld();
  const beside = await mkdtemp(join(HOME, 'new.'));
  await chmod(beside, 0o755); // the app is also started as another user
  for (const name of SETTINGS) await symlink(join(ROOT, name), join(beside, name));
  for (const name of SOURCES)
    await (changes.length > 0 ? cp(join(ROOT, name), join(beside, name), { recursive: true }) : symlink(join(ROOT, name), join(beside, name)));
  for (const change of changes) await apply(beside, change);
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], { cwd: beside });
  try {
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true });
    if (!(await isThere(folder))) throw error; // otherwise another run was quicker
  }
}

/** @throws Error where the sources no longer say so: whoever changed them changes this too */
async function apply(folder: string, { path, says, becomes }: Change): Promise<void> {
  const source = await readFile(join(folder, path), 'utf8');
  if (source.split(says).length !== 2) throw new Error(`${path} does not say once: ${says}`);
  await writeFile(join(folder, path), source.replace(says, becomes));
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(HOME)) {
    const { mtimeMs } = await stat(join(HOME, name));
    if (mtimeMs < Date.now() - KEPT_MS) await rm(join(HOME, name), { recursive: true, force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
