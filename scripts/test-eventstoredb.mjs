// The contract of the event log: on PostgreSQL, on the EventStoreDB test server, and on the EventStoreDB that EVENTSTORE_URL names, which may be
// written to and is not cleaned up. Says how much of it each keeps; fails where that is not all of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'uppsikt-contract-'));
const results = join(folder, 'results.json');
try {
  const { status } = spawnSync(
    'npm',
    ['test', '--', '--maxWorkers=1', '--silent', '--json', `--outputFile=${results}`, 'log.contract.spec', ...process.argv.slice(2)],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const cases = JSON.parse(readFileSync(results, 'utf8')).testResults.flatMap(({ assertionResults }) => assertionResults);
  const targets = Map.groupBy(cases, ({ ancestorTitles: [title] }) => title);
  for (const [target, of] of targets) console.log(`${target}: ${of.filter(({ status: one }) => one === 'passed').length} of ${of.length} cases`);
  if (!process.env.EVENTSTORE_URL)
    console.log('No real EventStoreDB: EVENTSTORE_URL is not set; esdb://127.0.0.1:2113?tls=false is one that may be written to.');
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
