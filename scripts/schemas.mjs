// Writes the JSON Schemas that others read the log by: npm run schemas
import { mkdir, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { Entry } from '#libs/kernel';

const path = new URL('../docs/schemas/entry-1.json', import.meta.url);
await mkdir(new URL('.', path), { recursive: true });
await writeFile(
  path,
  await format(JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...Entry }), { ...(await resolveConfig(path)), parser: 'json' }),
);
