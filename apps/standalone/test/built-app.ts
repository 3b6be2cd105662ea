import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, glob, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
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

/**
 * Builds the apps as `npm run build` does, but not into `dist`: an instance that runs from there, or another test run, is left alone.
 * What has been built of these very sources already is taken.
 * @returns the folder of the built apps
 */
export async function builtApps(): Promise<string> {
  const folder = join(HOME, await fingerprint());
  if (!(await isThere(folder))) await buildInto(folder);
  return join(folder, 'dist/apps');
}

async function fingerprint(): Promise<string> {
  const found = await Array.fromAsync(glob(`{${SOURCES.join()}}/**/*.ts`, { cwd: ROOT, exclude: ['**/*.spec.ts'] }));
  const hash = createHash('sha256');
  for (const path of [...SETTINGS, ...found.toSorted()]) hash.update(`${path}\n`).update(await readFile(join(ROOT, path)));
  return hash.digest('hex').slice(0, 16);
}

/** Made beside its place and renamed: of two runs that build at once one wins, and a killed one leaves nothing half made in the way. */
async function buildInto(folder: string): Promise<void> {
  await mkdir(HOME, { recursive: true });
  await removeOld();
  const beside = await mkdtemp(join(HOME, 'new.'));
  await chmod(beside, 0o755); // the app is also started as another user
  for (const name of [...SETTINGS, ...SOURCES]) await symlink(join(ROOT, name), join(beside, name));
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], { cwd: beside });
  try {
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true });
    if (!(await isThere(folder))) throw error; // otherwise another run was quicker
  }
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
