import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
const through = 'A lib is imported by its index alone';
const domain = 'A domain file imports only';
const kernel = 'The kernel imports only';
const eventStoreDb = 'Only libs/event-log knows the EventStoreDB client';
const queue = 'Only libs/timers knows the queue';
const telemetry = 'Only libs/telemetry knows OpenTelemetry';
const date = 'Time is Temporal';

/** What each test plants: its sentence, where the file lies, what is in it, and what the lint must answer. */
const refused: [sentence: string, path: string, source: string, answer: string][] = [
  ['no lib reaches into another past its index', 'libs/orders/src/deep.spec.ts', "import '#libs/kernel/src/day.js';", through],
  [
    'no lib walks into another by a relative path',
    'libs/orders/src/walk.spec.ts',
    "import '../../kernel/src/index.js';",
    'Another lib is imported by its name',
  ],
  ['no app walks into a lib by a relative path', 'apps/api/src/walk.ts', "import '../../../libs/kernel/src/index.js';", 'Another lib is imported by its name'],
  ['no lib knows an app', 'libs/orders/src/app.spec.ts', "import '../../../apps/api/src/main.js';", 'A lib knows no app'],
  ['a domain file knows no Nest', 'libs/orders/src/nest.ts', "import '@nestjs/common';", domain],
  ['a domain file knows no PostgreSQL', 'libs/orders/src/sql.ts', "import 'pg';", domain],
  ['a domain file knows no PostgreSQL, not even later', 'libs/orders/src/later.ts', "await import('pg');", domain],
  ['a domain file knows no PostgreSQL, not even its types', 'libs/orders/src/types.ts', "import type { Client } from 'pg';\nexport type C = Client;", domain],
  ['a domain file knows no event log', 'libs/audits/src/log.ts', "import '#libs/event-log';", domain],
  ['a domain file knows no vault', 'libs/follow-ups/src/vault.ts', "import '#libs/vault';", domain],
  ['a domain file reads no disk', 'libs/providers/src/disk.ts', "import 'node:fs';", domain],
  ['the kernel knows no Nest', 'libs/kernel/src/nest.ts', "import '@nestjs/common';", kernel],
  ['the kernel knows no other lib', 'libs/kernel/src/lib.ts', "import '#libs/commands';", kernel],
  ['the kernel decorates nothing', 'libs/kernel/src/decorated.ts', "import 'class-validator';", kernel],
  ['no other lib knows the EventStoreDB client', 'libs/commands/src/eventstore.ts', "import '@eventstore/db-client';", eventStoreDb],
  ['no other lib knows the EventStoreDB stubs', 'libs/timers/src/stubs.ts', "import '@eventstore/db-client/generated/streams_pb.js';", eventStoreDb],
  ['no other lib knows BullMQ', 'libs/views/src/queue.ts', "import 'bullmq';", queue],
  ['the event log does not know BullMQ', 'libs/event-log/src/queue.ts', "import 'bullmq';", queue],
  ['no app knows Redis', 'apps/worker/src/queue.ts', "import 'ioredis';", queue],
  ['no other lib knows OpenTelemetry', 'libs/views/src/otel.ts', "import '@opentelemetry/api';", telemetry],
  ['the event log does not know OpenTelemetry', 'libs/event-log/src/otel.ts', "import '@opentelemetry/sdk-trace';", telemetry],
  ['no Date outside the adapters', 'libs/views/src/date.ts', 'export const now = new Date();', date],
  ['no Date by way of globalThis', 'libs/orders/src/date.ts', 'export const now = globalThis.Date.now();', date],
];

const allowed: [sentence: string, path: string, source: string][] = [
  ['a domain file may import other domains', 'libs/orders/src/domains.ts', "import '#libs/organisation';\nimport './order.js';"],
  [
    'a domain file may import kernel, commands and timers',
    'libs/orders/src/serving.ts',
    "import '#libs/kernel';\nimport '#libs/commands';\nimport '#libs/timers';",
  ],
  [
    'a domain file may import the decorators of its fields',
    'libs/orders/src/fields.ts',
    "import 'class-validator';\nimport 'class-transformer';\nimport 'typebox';",
  ],
  ['a controller may import Nest', 'libs/orders/src/orders.controller.ts', "import '@nestjs/common';"],
  ['a module may import views', 'libs/orders/src/orders.module.ts', "import '#libs/views';"],
  [
    'the kernel may import its four',
    'libs/kernel/src/four.ts',
    "import 'typebox';\nimport 'typebox/compile';\nimport 'uuid';\nimport 'canonicalize';\nimport 'node:crypto';",
  ],
  ['the event log may import the EventStoreDB client', 'libs/event-log/src/eventstore.ts', "import '@eventstore/db-client';"],
  ['telemetry may import OpenTelemetry', 'libs/telemetry/src/otel.ts', "import '@opentelemetry/api';\nimport 'prom-client';"],
  ['timers may import BullMQ', 'libs/timers/src/queue.ts', "import 'bullmq';"],
  ['the standalone app may import the other apps', 'apps/standalone/src/both.ts', "import '../../api/src/api.module.js';"],
  ['an adapter may use Date', 'libs/vault/src/date.ts', 'export const now = new Date();'],
];

let folder: string;
let said: { filename: string; message: string; help?: string }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uppsikt-boundaries-'));
  const plant = async (path: string, source: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${source}\n`);
  };
  for (const [, path, source] of [...refused, ...allowed]) await plant(path, source);
  // The project's rules, but for those that need types: they take a second and say nothing of boundaries.
  await plant('oxlint.config.ts', `import rules from '${pathToFileURL(join(root, 'oxlint.config.ts')).href}';\nexport default { ...rules, options: {} };`);
  const oxlint = promisify(execFile)(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', 'apps', 'libs'], { cwd: folder });
  const { stdout } = await oxlint.catch((found: { stdout: string }) => found); // it fails when it finds something, as here it must
  said = (JSON.parse(stdout) as { diagnostics: typeof said }).diagnostics;
});

afterAll(() => rm(folder, { recursive: true }));

const about = (path: string) => said.filter((one) => one.filename === path).map((one) => `${one.message} ${one.help}`);

test.each(refused)('%s', (_sentence, path, _source, answer) => {
  expect(about(path)).toContainEqual(expect.stringContaining(answer));
});

test.each(allowed)('%s', (_sentence, path) => {
  expect(about(path)).toEqual([]);
});
