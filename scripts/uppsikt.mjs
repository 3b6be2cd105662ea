#!/usr/bin/env node
// What `npx uppsikt` runs in a checkout: the command as it was built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/apps/cli/src/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('Uppsikt is not built yet. Run: npm run build\n');
  process.exitCode = 1;
}
