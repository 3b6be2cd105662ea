import { defineConfig } from 'oxlint';
import { readdirSync } from 'node:fs';

type Pattern = { message: string; regex: string } | { message: string; group: string[] };

const libs = readdirSync(new URL('libs', import.meta.url)).join('|');
/** Libs that say what the city does; the others serve them. */
const domains = [
  'actions',
  'agreements',
  'audits',
  'collaborations',
  'follow-ups',
  'meetings',
  'orders',
  'organisation',
  'providers',
  'replies',
  'reports',
  'responsibilities',
  'reviews',
  'statements',
];
const serving = ['commands', 'documents', 'fields', 'kernel', 'reactions', 'timers'];
const edges = ['**/*.controller.ts', '**/*.module.ts', '**/*.view.ts', '**/*.query.ts', '**/*.spec.ts', '**/*.given.ts'];

// Each list below is computed, since an override replaces a rule as a whole.
const throughIndexes = [
  { regex: '^#libs/[^/]+/', message: 'A lib is imported by its index alone: #libs/<name>.' },
  { regex: `^(\\.\\./)+(libs/)?(${libs})/src/`, message: 'Another lib is imported by its name: #libs/<name>.' },
];
const eventStoreDb = { regex: '^(@eventstore/|@kurrent/|@grpc/)', message: 'Only libs/event-log knows the EventStoreDB client.' };
const queue = { regex: '^(@nestjs/bullmq|bullmq|ioredis|redis)($|/)', message: 'Only libs/timers knows the queue.' };
const telemetry = { regex: '^(@opentelemetry/|prom-client$)', message: 'Only libs/telemetry knows OpenTelemetry and the client of Prometheus.' };
const apps = { regex: '^(\\.\\./)+apps/', message: 'A lib knows no app.' };

const imports = (...patterns: Pattern[]): ['error', { patterns: Pattern[] }] => ['error', { patterns: [...throughIndexes, ...patterns] }];
// The group is read as a .gitignore is: `#` begins a comment there, and a folder comes before what lies in it.
const nothingBut = (names: string[], message: string): Pattern => ({
  message,
  group: ['*', '!./**', '!\\#libs', ...names.map((name) => `!${name.replace('#', '\\#')}`)],
});

const unsafe = (severity: 'error' | 'off') => ({
  'typescript/no-unsafe-argument': severity,
  'typescript/no-unsafe-call': severity,
  'typescript/no-unsafe-return': severity,
});

export default defineConfig({
  plugins: ['eslint', 'typescript', 'oxc', 'unicorn', 'import', 'promise', 'node', 'jest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['dist', 'data', 'coverage'],
  rules: {
    'no-restricted-imports': imports(eventStoreDb, queue, telemetry, apps),
    'no-restricted-globals': [
      'error',
      { checkGlobalObject: true, globals: [{ name: 'Date', message: 'Time is Temporal, or the strings Day and Instant of the kernel.' }] },
    ],
    eqeqeq: 'error',
    'no-fallthrough': 'error',
    'no-var': 'error',
    'no-console': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/no-deprecated': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': 'error',
    ...unsafe('error'),
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'unicorn/prefer-node-protocol': 'error',
    'jest/no-focused-tests': 'error',
    'jest/no-disabled-tests': 'error',
    // A spec says given, when, then; it need not say expect itself.
    'jest/expect-expect': 'off',
    // Its then is no promise's: it takes every fact that is expected, and nobody awaits what given() gives.
    'promise/valid-params': 'off',
    'unicorn/no-thenable': 'off',
    // Wrong where a switch is exhaustive.
    'typescript/consistent-return': 'off',
    // Rows of the database and parsed JSON get their type where they come in.
    'typescript/no-unsafe-type-assertion': 'off',
    // What TypeBox says of no properties.
    'typescript/no-generated-empty-object-type': 'off',
    // The first import of a main only checks the runtime.
    'import/no-unassigned-import': 'off',
    // Nest's modules are classes that only carry a decorator.
    'typescript/no-extraneous-class': ['error', { allowWithDecorator: true }],
  },
  overrides: [
    { files: ['bench/**', 'scripts/**'], rules: { 'no-restricted-imports': imports(eventStoreDb, queue, telemetry) } },
    {
      files: ['bench/eventstore.ts', 'libs/event-log/**', 'libs/test-servers/src/event-store-server*.ts'],
      rules: { 'no-restricted-imports': imports(queue, telemetry, apps) },
    },
    { files: ['libs/timers/**'], rules: { 'no-restricted-imports': imports(eventStoreDb, telemetry, apps) } },
    { files: ['libs/telemetry/**', 'libs/testing/src/spans.ts'], rules: { 'no-restricted-imports': imports(eventStoreDb, queue, apps) } },
    {
      files: ['libs/kernel/src/**/*.ts'],
      excludeFiles: ['**/*.spec.ts'],
      rules: {
        'no-restricted-imports': imports(
          nothingBut(['typebox', 'typebox/**', 'uuid', 'canonicalize', 'node:crypto'], 'The kernel imports only typebox, uuid, canonicalize and node:crypto.'),
        ),
      },
    },
    {
      files: domains.map((lib) => `libs/${lib}/src/**/*.ts`),
      excludeFiles: edges,
      rules: {
        'no-restricted-imports': imports(
          nothingBut(
            [...[...domains, ...serving].map((lib) => `#libs/${lib}`), 'typebox', 'typebox/**', 'class-validator', 'class-transformer'],
            `A domain file imports only other domains, the libs ${serving.join(', ')}, typebox and the decorators of its fields.`,
          ),
        ),
      },
    },
    {
      files: [
        'apps/**',
        'bench/**',
        'scripts/**',
        'libs/event-log/**',
        'libs/notifications/**',
        'libs/test-servers/src/event-store-server*.ts',
        'libs/vault/**',
      ],
      rules: { 'no-restricted-globals': 'off' },
    },
    // Scripts are plain JavaScript: nothing there has a type to be unsafe against.
    { files: ['**/*.mjs'], rules: unsafe('off') },
    { files: ['apps/cli/**', 'bench/**', 'scripts/**', 'jest.*.mjs'], rules: { 'no-console': 'off' } },
  ],
});
