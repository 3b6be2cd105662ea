// Holds docker-compose.yml and the Dockerfile to the Compose Specification and to our own rules, since no container engine runs where changes are
// taken in. Without arguments it checks the project's own; with files, those: node scripts/check-compose.mjs [--env .env] [file …]
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { composeRules } from './compose/compose-rules.mjs';
import { dockerfileRules } from './compose/dockerfile-rules.mjs';
import { interpolated, parseEnv } from './compose/interpolate.mjs';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({ options: { env: { type: 'string' } }, allowPositionals: true });
const files = positionals.length > 0 ? positionals : [join(root, 'docker-compose.yml'), join(root, 'Dockerfile')];
const read = (path) => readFileSync(path, 'utf8');

// Of the specification's own schema only what names its dialect is left out: ajv knows it by another spelling.
const { $schema: _, ...specification } = JSON.parse(read(join(import.meta.dirname, 'compose/compose-spec.json')));
const conforms = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(specification);
const bySchema = (compose) => (conforms(compose) ? [] : conforms.errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`));

const checkCompose = (text) => {
  const compose = parse(text, { merge: true, maxAliasCount: -1 });
  const wrong = bySchema(compose);
  if (wrong.length > 0) return wrong; // the rules rest on its shape
  const filled = interpolated(compose, values.env === undefined ? undefined : parseEnv(read(values.env)));
  return [
    ...composeRules(compose, (path) => existsSync(join(root, path))),
    ...filled.missing.map((name) => `${name} is asked for, and ${values.env} does not set it`),
    ...bySchema(filled.compose),
  ];
};

let found = 0;
for (const file of files) {
  const complaints = basename(file).startsWith('Dockerfile')
    ? dockerfileRules(read(file), JSON.parse(read(join(root, 'package.json'))))
    : checkCompose(read(file));
  for (const complaint of complaints) process.stdout.write(`${file}: ${complaint}\n`);
  found += complaints.length;
}
if (found === 0) process.stdout.write(`Nothing to complain of in ${files.map((file) => basename(file)).join(' and ')}.\n`);
process.exitCode = found === 0 ? 0 : 1;
