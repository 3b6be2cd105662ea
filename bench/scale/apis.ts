// How many commands one, two and four API processes take together, beside one worker that follows.
import { randomUUID } from 'node:crypto';
import autocannon, { type Result } from 'autocannon';
import { sampleId } from '#libs/samples';
import { memoryOf, ready, started, stopped, type Started } from '../process.js';
import { registerCity } from './city.js';
import { AUDIENCE, openIssuer } from './issuer.js';
import { environment, type Place } from './place.js';

const CONNECTIONS = 64;
const SECONDS = Number(process.env.SCALE_SECONDS ?? 8);

const order = JSON.stringify({
  provider: sampleId('provider', 'fritids'),
  service: 'short-term-supervision',
  sentOn: Temporal.Now.plainDateISO('Europe/Stockholm').toString(),
  overallGoals: ['participation', 'live-as-others'],
  subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv (exempel).' }, { wording: 'Jag vill våga delta i gruppens lekar (exempel).' }],
  serviceUser: { name: 'Elev Exempel' },
});

const post = async (address: string, token: string, connections: number): Promise<Result> =>
  autocannon({
    url: `${address}/api/v1/orders`,
    method: 'POST',
    connections,
    duration: SECONDS,
    setupClient: (client) => {
      const next = () =>
        client.setHeadersAndBody({ 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }, order);
      next();
      client.on('response', next);
    },
  });

export const apis = async (place: Place): Promise<void> => {
  const signIn = await openIssuer();
  const env = { ...environment(place, place.api), OIDC_ISSUER: signIn.issuer, OIDC_AUDIENCE: AUDIENCE };
  const worker = await started('apps/worker/src/main.ts', environment(place, place.worker));
  await ready(worker);
  await registerCity(place, signIn);
  const running: Started[] = [];
  try {
    console.log(`\nNew orders over HTTP at ${CONNECTIONS} connections in all, ${SECONDS} s each, one worker beside`);
    let first: number | undefined;
    for (const processes of [1, 2, 4]) {
      while (running.length < processes) running.push(await started('bench/scale/api.ts', env));
      await Promise.all(running.map(ready));
      const seen = await Promise.all(running.map(({ address }) => post(address, signIn.token, CONNECTIONS / processes)));
      const refused = seen.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0);
      if (refused > 0) throw new Error(`${refused} requests were refused or failed.`);
      const rate = seen.reduce((sum, { requests }) => sum + requests.average, 0);
      first ??= rate;
      const p99 = Math.max(...seen.map(({ latency }) => latency.p99));
      console.log(
        `  ${processes} api${processes > 1 ? 's' : ' '}  ${Math.round(rate).toLocaleString('en')} commands/s  p99 ${p99} ms  1 : ${(rate / first).toFixed(2)}`,
      );
    }
    const weights = await Promise.all(running.map(memoryOf));
    console.log(`  memory of each: ${weights.map((one) => `${Math.round(one)} MiB`).join(', ')}`);
  } finally {
    await Promise.all([...running, worker].map(stopped));
    signIn.close();
  }
};
