import { afterEach, expect, test } from '@jest/globals';
import { instant } from '#libs/kernel';
import { replying, startMailServer, startSilentServer } from './mail-server.samples.js';
import type { OutgoingMail } from './mail-transport.js';
import { smtpTransport } from './smtp-transport.js';

const mail: OutgoingMail = {
  messageId: '11111111-1111-4111-8111-111111111111@stockholm.uppsikt',
  from: 'Uppsikt <uppsikt@stockholm.example>',
  to: [
    { name: 'Åsa Öberg', address: 'asa@stockholm.example' },
    { name: 'Bo Ek', address: 'bo@stockholm.example' },
  ],
  subject: 'Genomförandeplan väntas',
  text: 'Väntas.',
  html: '<p>Väntas.</p>',
  languages: ['sv'],
  issuedAt: instant('2020-10-09T06:00:00.000Z'),
};

const open: { close(): Promise<void> }[] = [];
const started = async <S extends { close(): Promise<void> }>(server: Promise<S>): Promise<S> => {
  open.push(await server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

test('a mail reaches everyone it is addressed to, under its own Message-ID and date', async () => {
  const server = await started(startMailServer());
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'accepted', code: 250, addressed: 2, refused: 0 });
  expect(server.received).toMatchObject([{ messageId: `<${mail.messageId}>`, recipients: ['asa@stockholm.example', 'bo@stockholm.example'] }]);
  expect(server.received[0]?.raw).toMatch(/^Date: Fri, 09 Oct 2020 06:00:00 \+0000\r?$/m);
  expect(server.received[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
});

test('a server that takes the mail and dies before it answers gets the same Message-ID again', async () => {
  const server = await started(startMailServer(['die']));
  const transport = smtpTransport(server.url);
  expect(await transport.send(mail)).toEqual({ outcome: 'failed', reason: 'unreachable' });
  expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
  expect(server.received.map(({ messageId }) => messageId)).toEqual([`<${mail.messageId}>`, `<${mail.messageId}>`]);
});

test.each([552, 554])('a mail that is refused with %i is refused for good', async (code) => {
  const server = await started(startMailServer([{ code }]));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'failed', reason: 'refused', code });
});

test('a mail that is refused with 451 is asked for later', async () => {
  const server = await started(startMailServer([{ code: 451 }]));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'failed', reason: 'deferred', code: 451 });
});

test('a mail whose every address is refused is refused for good', async () => {
  const server = await started(startMailServer([], { onRcptTo: (_address, _session, done) => done(replying(550)) }));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'failed', reason: 'refused', code: 550 });
});

test('a mail that one of two takes is accepted, and the one refused is counted', async () => {
  const server = await started(startMailServer([], { onRcptTo: ({ address }, _session, done) => done(address.startsWith('bo') ? replying(550) : null) }));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'accepted', code: 250, addressed: 2, refused: 1 });
});

test('a mail that one of two is to be sent later goes to both again', async () => {
  const server = await started(startMailServer([], { onRcptTo: ({ address }, _session, done) => done(address.startsWith('bo') ? replying(450) : null) }));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'failed', reason: 'deferred', code: 450 });
});

test('a password that is refused says nothing of the mail: it is a setting to mend', async () => {
  const server = await started(startMailServer([], { authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(replying(535)) }));
  const url = server.url.replace('smtp://', 'smtp://uppsikt:wrong@');
  expect(await smtpTransport(url).send(mail)).toEqual({ outcome: 'failed', reason: 'server-refused', code: 535 });
});

test('a server that greets with 554 says nothing of the mail', async () => {
  const server = await started(startMailServer([], { onConnect: (_session, done) => done(replying(554)) }));
  expect(await smtpTransport(server.url).send(mail)).toEqual({ outcome: 'failed', reason: 'server-refused', code: 554 });
});

test('a server that is down is unreachable, and reached when it is up again', async () => {
  const down = await startMailServer();
  await down.close();
  const transport = smtpTransport(down.url);
  expect(await transport.send(mail)).toEqual({ outcome: 'failed', reason: 'unreachable' });
  const up = await started(startMailServer([], { port: down.port }));
  expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
  expect(up.received).toHaveLength(1);
});

test('a server that never says a word is left after a while', async () => {
  const server = await started(startSilentServer());
  expect(await smtpTransport(server.url, { stepMs: 100, wholeMs: 10_000 }).send(mail)).toEqual({ outcome: 'failed', reason: 'timed-out' });
});

test('a server that takes its time at every step is left when the whole takes too long', async () => {
  const server = await started(startMailServer([], { onMailFrom: () => {} }));
  expect(await smtpTransport(server.url, { stepMs: 10_000, wholeMs: 200 }).send(mail)).toEqual({ outcome: 'failed', reason: 'timed-out' });
});

test('an address cannot bring a header of its own', async () => {
  const server = await started(startMailServer());
  await smtpTransport(server.url).send({ ...mail, to: [{ name: 'Åsa\r\nBcc: eve@elsewhere.example', address: 'asa@stockholm.example' }] });
  expect(server.received[0]?.recipients).toEqual(['asa@stockholm.example']);
  expect(server.received[0]?.raw).not.toMatch(/^Bcc:/m);
});
