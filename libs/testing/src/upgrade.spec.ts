import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

// No container engine runs here: a program called docker stands in for it, which keeps containers in a file and writes down what it was told.
const SCRIPT = join(import.meta.dirname, '../../../ops/upgrade.sh');
const DOCKER = `#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >> told
case "$1 $2" in
  'compose ps') grep "^$4" containers ;;
  'compose up')
    for word in "$@"; do case $word in *=*) kind=\${word%=*} count=\${word#*=} ;; esac; done
    if [ -n "\${kind:-}" ]; then n=$(grep -c "^$kind" containers); while [ "$n" -lt "$count" ]; do n=$((n + 1)); echo "$kind-new-$n" >> containers; done; fi ;;
  'inspect --format')
    case "$3" in
      *RestartCount*) case $4 in $(cat falls)) echo 3 ;; *) echo 0 ;; esac ;;
      *) if [ -e "looked-$4" ]; then case $4 in $(cat falls)) echo unhealthy ;; *) echo healthy ;; esac; else touch "looked-$4"; echo starting; fi ;;
    esac ;;
  rm*) sed -i "/^$2$/d" containers ;;
esac
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-upgrade-'));
  await writeFile(join(folder, 'docker'), DOCKER);
  await chmod(join(folder, 'docker'), 0o755);
  await writeFile(join(folder, 'containers'), 'api-1\napi-2\nworker-1\nworker-2\n');
  await writeFile(join(folder, 'falls'), 'nobody');
});
afterEach(() => rm(folder, { recursive: true }));

const upgraded = () =>
  new Promise<{ readonly code: number; readonly said: string }>((over) => {
    const env = { PATH: `${folder}:${process.env.PATH ?? ''}`, UPPSIKT_UPGRADE_LOOKS_EVERY: '0' };
    execFile('sh', [SCRIPT], { env }, (error, _stdout, stderr) => over({ code: Number(error?.code ?? 0), said: stderr }));
  });
const lines = async (file: string) => (await readFile(join(folder, file), 'utf8')).trim().split('\n');

test('new workers come before new apis, and no old process is ended before all new ones are ready', async () => {
  expect(await upgraded()).toEqual({ code: 0, said: '' });
  expect(await lines('containers')).toEqual(['worker-new-3', 'worker-new-4', 'api-new-3', 'api-new-4']);
  const told = await lines('told');
  const at = (what: string) => told.findIndex((line) => line.includes(what));
  const order = [
    'run --rm migrate',
    '--scale worker=4',
    '{{.State.Health.Status}} worker-new-4',
    '--scale api=4',
    '{{.State.Health.Status}} api-new-4',
    'stop',
  ];
  expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
  expect(order.map(at)).not.toContain(-1);
  expect(told.filter((line) => line.startsWith('stop'))).toEqual(['api-1', 'api-2', 'worker-1', 'worker-2'].map((one) => `stop --time 20 ${one}`));
});

test.each(['worker-new-4', 'api-new-3'])('where %s does not stay up, every old process serves on', async (falls) => {
  await writeFile(join(folder, 'falls'), falls);
  const { code, said } = await upgraded();
  expect(code).toBe(1);
  expect(said).toContain(`docker logs ${falls}. The old ones serve on.`);
  expect((await lines('containers')).slice(0, 4)).toEqual(['api-1', 'api-2', 'worker-1', 'worker-2']);
  expect((await lines('told')).filter((line) => /^(?:stop|rm)/.test(line))).toEqual([]);
});
