import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { readMigrateUrl, readPrepareSettings, readSettings } from '#libs/settings';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);
jest.setTimeout(300_000); // keys are made, which takes its time

interface Service {
  image?: string;
  user?: string;
  restart?: string;
  privileged?: boolean;
  container_name?: string;
  read_only?: boolean;
  'x-writable'?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  healthcheck?: object;
  logging?: object;
  ports?: string[];
  volumes?: string[];
  secrets?: (string | object)[];
  profiles?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string; required?: boolean }> | string[];
  deploy?: object;
  colour?: string;
}
type Name = 'api' | 'worker' | 'prepare' | 'migrate' | 'proxy' | 'postgres' | 'redis' | 'eventstoredb1' | 'mailpit' | 'keycloak';
interface Compose {
  services: Record<Name, Service> & Record<string, Service>;
  volumes: Record<string, null>;
  secrets: Record<string, object>;
}

const composeOf = (text: string): Compose => parse(text, { merge: true, maxAliasCount: -1 }) as Compose;

/** What each test plants in docker-compose.yml: its sentence, the fault, and what must be answered. */
const faults: [sentence: string, plant: (compose: Compose) => unknown, answer: string][] = [
  ['a word that the specification does not know', ({ services }) => (services.api.colour = 'red'), '/services/api must NOT have additional properties'],
  [
    'a value that is no condition',
    ({ services }) => (services.api.depends_on = { postgres: { condition: 'happy' } }),
    'must be equal to one of the allowed values',
  ],
  ['a value of another type', ({ services }) => (services.api.volumes = 'documents' as unknown as string[]), '/services/api/volumes must be array'],
  ['an image without a tag', ({ services }) => (services.postgres.image = 'postgres'), 'postgres its image postgres is not pinned'],
  ['an image that is whatever came last', ({ services }) => (services.redis.image = 'redis:latest'), 'redis its image redis:latest is not pinned'],
  ['an image that is latest by default', ({ services }) => (services.eventstoredb1.image = '${IMAGE:-a/b}'), 'eventstoredb1 its image a/b is not pinned'],
  ['no image', ({ services }) => delete services.api.image, 'api names no image'],
  ['no health check', ({ services }) => delete services.worker.healthcheck, 'worker has no health check'],
  ['a health check that is turned off', ({ services }) => (services.redis.healthcheck = { disable: true }), 'redis has no health check'],
  ['no restart policy', ({ services }) => delete services.mailpit.restart, 'mailpit says not how it is restarted'],
  ['a restart without end of what runs once', ({ services }) => (services.prepare.restart = 'on-failure'), 'prepare says not how it is restarted'],
  ['root', ({ services }) => (services.postgres.user = '0:0'), 'postgres must run as a user that is not root'],
  ['root by name', ({ services }) => (services.postgres.user = 'root'), 'postgres must run as a user that is not root'],
  ['no user', ({ services }) => delete services.proxy.user, 'proxy must run as a user that is not root'],
  ['rights that are kept', ({ services }) => delete services.api.cap_drop, 'api keeps rights that it does not need'],
  ['rights that are asked for', ({ services }) => (services.api.cap_add = ['SYS_ADMIN']), 'api asks for rights that nothing here needs: SYS_ADMIN'],
  ['rights that may be gained', ({ services }) => delete services.api.security_opt, 'api may gain rights'],
  ['a file system that may be written to', ({ services }) => delete services.redis.read_only, 'redis may write to its own file system'],
  [
    'a file system that may be written to for no reason',
    ({ services }) => (services.keycloak['x-writable'] = 'yes'),
    'keycloak may write to its own file system',
  ],
  ['a privileged container', ({ services }) => (services.api.privileged = true), 'api reaches the host itself'],
  ['a name of its own', ({ services }) => (services.worker.container_name = 'worker'), 'worker has a name of its own'],
  ['a log without bounds', ({ services }) => delete services.api.logging, 'api may fill the disk with its log'],
  ['a port for the world', ({ services }) => (services.postgres.ports = ['5432:5432']), 'postgres opens a port to the world'],
  ['a port for the world by default', ({ services }) => (services.mailpit.ports = ['${WHERE:-0.0.0.0}:8025:8025']), 'mailpit opens a port to the world'],
  [
    'one port for several',
    ({ services }) => (services.api.ports = ['127.0.0.1:3000:3000']),
    'api opens a port of the host, which only one of its containers can have',
  ],
  ['a folder of the host that may be written to', ({ services }) => (services.api.volumes = ['./data:/data']), 'api may write to a folder of the host'],
  ['a file that is not there', ({ services }) => (services.proxy.volumes = ['./ops/none:/none:ro']), 'proxy mounts ./ops/none, which is not there'],
  ['the engine itself', ({ services }) => (services.api.volumes = ['/var/run/docker.sock:/var/run/docker.sock:ro']), 'api could command the engine'],
  ['a volume that is not declared', ({ volumes }) => delete volumes.postgres, 'the volume postgres is used and not declared'],
  ['a volume that nobody uses', ({ volumes }) => (volumes.spare = null), 'the volume spare is declared and not used'],
  ['a secret that is not declared', ({ secrets }) => delete secrets.key, 'the secret key is used and not declared'],
  [
    'a password',
    ({ services }) => (services.postgres.environment = { POSTGRES_PASSWORD: 'changeit' }),
    'postgres has a password by default, or none, in POSTGRES_PASSWORD',
  ],
  ['a password by default', ({ services }) => (services.postgres.environment = { POSTGRES_PASSWORD: '${P:-changeit}' }), 'in POSTGRES_PASSWORD'],
  ['a password that may be left out', ({ services }) => (services.postgres.environment = { POSTGRES_PASSWORD: '${P}' }), 'in POSTGRES_PASSWORD'],
  ['a password in an address', ({ services }) => (services.api.environment = { DATABASE_URL: 'postgres://me:changeit@postgres/x' }), 'in DATABASE_URL'],
  [
    'a wait for the beginning alone',
    ({ services }) => (services.api.depends_on = { postgres: { condition: 'service_started' } }),
    'it must be service_healthy',
  ],
  [
    'a wait for what runs once to be well',
    ({ services }) => (services.api.depends_on = { migrate: { condition: 'service_healthy' } }),
    'it must be service_completed_successfully',
  ],
  ['a wait in short', ({ services }) => (services.api.depends_on = ['postgres']), 'api waits for others only to begin'],
  ['a wait for nobody', ({ services }) => (services.api.depends_on = { mongo: { condition: 'service_healthy' } }), 'api waits for mongo, which is not there'],
  [
    'a wait for what another profile starts',
    ({ services }) => (services.api.depends_on = { mailpit: { condition: 'service_healthy' } }),
    'not started without its profile',
  ],
  ['what runs once and is not waited for', ({ services }) => (services.migrate.depends_on = {}), 'prepare runs once, and nobody waits for it'],
];

const dockerfileFaults: [sentence: string, from: RegExp, to: string, answer: string][] = [
  ['another Node', /^FROM node:[\d.]+(-\S+)$/m, 'FROM node:20.0.0$1', 'Each stage must be FROM node:'],
  ['root', /^USER .*$/m, 'USER root', 'It must end as a user that is not root'],
  ['no health check', /^HEALTHCHECK .*$/m, '', 'It has no HEALTHCHECK'],
  ['a command by way of a shell', /^CMD .*$/m, 'CMD node dist/apps/api/src/main.js', 'Its CMD must be a list'],
  ['what only building needs', /--omit=dev/, '', 'It must run what npm ci --omit=dev installs'],
  ['an install that the lock does not bind', /npm ci --ignore-scripts$/m, 'npm install', 'It must install by npm ci'],
  ['all that lies about', /^COPY apps apps$/m, 'COPY . .', 'It copies more than it names'],
  ['a secret', /^COPY apps apps$/m, 'COPY .env .env', 'or a secret'],
  ['a secret in its environment', /^ENV .*$/m, 'ENV POSTGRES_PASSWORD=changeit', 'It holds a secret'],
  ['something from elsewhere', /^COPY apps apps$/m, 'ADD https://example.org/a.tar.gz /app', 'It ADDs'],
];

let folder: string;
let said: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-compose-'));
  const [compose, dockerfile] = await Promise.all(['docker-compose.yml', 'Dockerfile'].map((name) => readFile(join(root, name), 'utf8')));
  const files = [
    ...faults.map(([, plant], index) => {
      const planted = composeOf(compose ?? '');
      plant(planted);
      return [`${index}.yml`, JSON.stringify(planted)];
    }),
    ...dockerfileFaults.map(([, from, to], index) => [`Dockerfile.${index}`, (dockerfile ?? '').replace(from, to)]),
  ] as [name: string, text: string][];
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
  const check = run(process.execPath, [join(root, 'scripts/check-compose.mjs'), ...files.map(([name]) => name)], { cwd: folder });
  const { stdout } = await check.catch((found: { stdout: string }) => found); // it fails when it finds something, as here it must
  said = stdout.split('\n');
});
afterAll(() => rm(folder, { recursive: true }));

const about = (file: string) => said.flatMap((line) => (line.startsWith(`${file}: `) ? [line.slice(file.length + 2)] : []));

test.each(faults.map(([sentence, , answer], index) => [sentence, answer, index] as const))('%s is found', (_sentence, answer, index) => {
  expect(about(`${index}.yml`)).toContainEqual(expect.stringContaining(answer));
});

test.each(dockerfileFaults.map(([sentence, , , answer], index) => [sentence, answer, index] as const))(
  'in the Dockerfile, %s is found',
  (_sentence, answer, index) => {
    expect(about(`Dockerfile.${index}`)).toContainEqual(expect.stringContaining(answer));
  },
);

test('the project’s own has no fault, and everything that it asks for is made by make-env, whichever log is chosen', async () => {
  for (const log of ['eventstoredb', 'cluster', 'postgres']) {
    const into = join(folder, log);
    await run('mkdir', [into]);
    await run(process.execPath, [join(root, 'scripts/make-env.mjs'), '--folder', into, '--log', log]);
    const { stdout } = await run(process.execPath, [join(root, 'scripts/check-compose.mjs'), '--env', join(into, '.env')]);
    expect(stdout).toBe('Nothing to complain of in docker-compose.yml and Dockerfile.\n');
  }
});

test('a setting that make-env does not make is named', async () => {
  const env = join(folder, 'half.env');
  await writeFile(env, 'EVENT_LOG=postgres\n');
  const check = run(process.execPath, [join(root, 'scripts/check-compose.mjs'), '--env', env, join(root, 'docker-compose.yml')]);
  await expect(check).rejects.toMatchObject({ stdout: expect.stringContaining('POSTGRES_PASSWORD is asked for') });
});

test('the sample provider has no password of its own, and its realm asks for nothing that its service is not given', async () => {
  const [realm, compose] = await Promise.all(['ops/keycloak/uppsikt-realm.json', 'docker-compose.yml'].map((name) => readFile(join(root, name), 'utf8')));
  const { clients, users } = JSON.parse(realm ?? '') as { clients: { secret: string }[]; users: { credentials: { value: string }[] }[] };
  const secrets = [...clients.map(({ secret }) => secret), ...users.flatMap(({ credentials }) => credentials.map(({ value }) => value))];
  expect(secrets.length).toBe(5);
  expect(secrets.filter((one) => !/^\$\{\w+\}$/.test(one))).toEqual([]);
  const { services } = composeOf(compose ?? '');
  const asked = [...(realm ?? '').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(Object.keys(services.keycloak.environment ?? {})).toEqual(expect.arrayContaining(asked));
});

/** What a process is given, as docker compose fills it in. */
const environmentOf = (service: Service, set: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+):[-?]([^}]*)\}/g, (all, variable: string, otherwise: string) => set.get(variable) || (all.includes(':?') ? '' : otherwise)),
    ]),
  );

test.each(['eventstoredb', 'cluster', 'postgres'])('with %s, each process can read every setting that it is given', async (log) => {
  const into = await mkdtemp(join(folder, 'set-'));
  await run(process.execPath, [join(root, 'scripts/make-env.mjs'), '--folder', into, '--log', log]);
  const lines = (await readFile(join(into, '.env'), 'utf8')).split('\n');
  const set = new Map(lines.flatMap((line) => (/^\w+=/.test(line) ? [[line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const] : [])));
  const { services } = composeOf(await readFile(join(root, 'docker-compose.yml'), 'utf8'));
  for (const name of ['api', 'worker'] as const) {
    const given = environmentOf(services[name], set);
    const asked = new Set<string>();
    const settings = readSettings(new Proxy(given, { get: (all, variable: string) => (asked.add(variable), all[variable]) }), []);
    expect(Object.keys(given).filter((variable) => !asked.has(variable))).toEqual(['NODE_EXTRA_CA_CERTS']); // which Node itself reads
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      eventLog: log === 'postgres' ? 'postgres' : 'eventstoredb',
      baseUrl: 'https://uppsikt.localhost:8443',
    });
    expect(new URL(settings.databaseUrl ?? '').username).toBe(`uppsikt_${name}`);
  }
  const { passwords, eventStore } = readPrepareSettings(environmentOf(services.prepare, set));
  expect(passwords.api).toBe(set.get('UPPSIKT_API_PASSWORD'));
  expect(eventStore === undefined).toBe(log === 'postgres');
  expect(new URL(readMigrateUrl(environmentOf(services.migrate, set))).username).toBe('uppsikt_owner');
});
