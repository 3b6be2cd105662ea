// The cases of the city with the log in an EventStoreDB: the one that EVENTSTORE_URL names, or else the test server, which speaks its protocol.
// Each case is played on a log of its own. Run after the build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const names = process.argv.slice(2);
const { EVENTSTORE_URL: given } = process.env;
const built = (path) => new URL(`../dist/${path}`, import.meta.url);
const CLI = built('apps/cli/src/main.js').pathname;

const play = async (name, url) => {
  const child = spawn(process.execPath, [CLI, 'cases', name], { stdio: 'inherit', env: { ...process.env, EVENT_LOG: 'eventstoredb', EVENTSTORE_URL: url } });
  const [code] = await once(child, 'exit');
  return code === 0;
};

const onTestServer = async (name) => {
  const { openEventStoreServer } = await import(built('libs/test-servers/src/event-store-server-open.js').href);
  const server = await openEventStoreServer({});
  try {
    return await play(name, server.url);
  } finally {
    await server.close();
  }
};

let failed = false;
for (const name of names.length > 0 ? names : ['A', 'B', 'D', 'E']) {
  console.log(`Case ${name} on ${given ? 'the EventStoreDB of EVENTSTORE_URL' : 'the test server of EventStoreDB'}`);
  if (!(await (given ? play(name, given) : onTestServer(name)))) failed = true;
}
process.exit(failed ? 1 : 0);
