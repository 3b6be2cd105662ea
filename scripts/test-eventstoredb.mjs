// The contract of the event log, on a real EventStoreDB: EVENTSTORE_URL names one that may be written to.
import { spawnSync } from 'node:child_process';

if (!process.env.EVENTSTORE_URL) {
  console.error('EVENTSTORE_URL is not set. Give the address of an EventStoreDB that may be written to, such as esdb://127.0.0.1:2113?tls=false');
  process.exit(2);
}
const { status } = spawnSync('npm', ['test', '--', '--maxWorkers=1', 'libs/event-log/src/event-store-log.contract', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
