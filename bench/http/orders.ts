import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { sampleId } from '#libs/samples';

export const CONNECTIONS = 64;

const order = JSON.stringify({
  provider: sampleId('provider', 'fritids'),
  service: 'short-term-supervision',
  sentOn: Temporal.Now.plainDateISO('Europe/Stockholm').toString(),
  overallGoals: ['participation', 'live-as-others'],
  subGoals: [{ wording: 'Jag vill kunna laga mellanmål själv (exempel).' }, { wording: 'Jag vill våga delta i gruppens lekar (exempel).' }],
  serviceUser: { name: 'Elev Exempel' },
});

/** Sends new orders: for some seconds, or so many. */
export const post = async (address: string, much: { readonly duration: number } | { readonly amount: number }): Promise<autocannon.Result> =>
  autocannon({
    url: `${address}/api/v1/orders`,
    method: 'POST',
    connections: CONNECTIONS,
    ...much,
    setupClient: (client) => {
      const next = () =>
        client.setHeadersAndBody(
          { 'content-type': 'application/json', 'uppsikt-person': sampleId('person', 'norra-innerstaden-officer'), 'idempotency-key': randomUUID() },
          order,
        );
      next();
      client.on('response', next);
    },
  });
