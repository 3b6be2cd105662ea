import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { instruments } from '#libs/telemetry';
import type { MailTransport } from './mail-transport.js';
import { smallMunicipality, type SmallMunicipality } from './mailer.samples.js';
import { PendingMails } from './pending-mail.js';

const MINUTE_MS = 60_000;

let city: SmallMunicipality;
beforeAll(async () => {
  city = await smallMunicipality();
});
afterAll(() => city.close());

const standing = () => new PendingMails(city.pool).standing();
const numbers = async (name: string) => (await instruments.getSingleMetricAsString(name)).split('\n').filter((line) => !line.startsWith('#'));
const accepts: MailTransport = { send: () => Promise.resolve({ outcome: 'accepted', code: 250, addressed: 1, refused: 0 }) };
const defers: MailTransport = { send: () => Promise.resolve({ outcome: 'failed', reason: 'deferred' }) };

test('mails that wait or are tried again have not gone, and the oldest was issued when it was', async () => {
  expect(await standing()).toEqual({ pending: 0, oldest: undefined });
  const issuedAt = city.clock.now();
  await city.issue('A', 'Enheten');
  city.clock.pass(MINUTE_MS);
  await city.issue('B', 'Enheten');
  await city.settled();
  expect(await standing()).toEqual({ pending: 2, oldest: issuedAt });
  await city.deliver(defers);
  expect(await standing()).toEqual({ pending: 2, oldest: issuedAt });
  expect(await numbers('uppsikt_mails_failed_total')).toEqual(['uppsikt_mails_failed_total{reason="deferred"} 2']);
  city.clock.pass(MINUTE_MS);
  await city.deliver(accepts);
  expect(await standing()).toEqual({ pending: 0, oldest: undefined });
  expect(await numbers('uppsikt_mails_accepted_total')).toEqual(['uppsikt_mails_accepted_total 2']);
});
