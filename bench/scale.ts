// What more processes give, what each weighs and what an event takes: see docs/scale.md.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureKnocks, printKnocks } from './knocks.js';
import { apis } from './scale/apis.js';
import { prepared } from './scale/place.js';
import { workers } from './scale/workers.js';
import { withServer } from './server.js';

export const run = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'uppsikt-bench-'));
  await chmod(folder, 0o755);
  try {
    await withServer(async (superuserUrl) => printKnocks(await measureKnocks(superuserUrl)));
    await withServer(async (superuserUrl) => {
      const place = await prepared(superuserUrl, folder);
      await apis(place);
      await workers(place);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
