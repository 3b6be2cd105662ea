import { describe } from '@jest/globals';
import { isRedisInstalled } from '#libs/test-servers';

const suiteOf = isRedisInstalled() ? describe : describe.skip;

/** A suite that needs Redis. Where `redis-server` is not installed it says so and is skipped as a whole; `.ci/run` takes a skipped test for a failed one. */
export const describeOnRedis = (name: string, suite: () => void): void => {
  if (!isRedisInstalled()) process.stderr.write(`SKIPPED, since redis-server is not installed (apt-get install redis-server): ${name}\n`);
  suiteOf(name, suite);
};
