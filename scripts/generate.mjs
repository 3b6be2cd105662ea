// Writes what follows from the declarations: npm run generate. Golden bytes are only added: those that differ stop it, since entries like them may lie in a log.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventTypes, generated, streams } from '#libs/catalogue';
import { apiDescription } from '../apps/api/src/description.ts';

const root = join(import.meta.dirname, '..');
let differ = 0;
const openapi = { path: 'docs/openapi.json', text: await apiDescription(), golden: undefined };
for (const { path, text, golden } of [...generated(streams, eventTypes), openapi]) {
  const file = join(root, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (before === text) continue;
  if (golden && before !== undefined) {
    differ += 1;
    console.error(`${path} would change. Raise the event's schema number and say how the old one is read; or delete the file, if no release has written it.`);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${path} written`);
}
process.exitCode = differ === 0 ? 0 : 1;
