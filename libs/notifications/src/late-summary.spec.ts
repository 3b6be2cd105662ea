import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LogUnavailable } from '#libs/event-log';
import { lateSummariesId } from '#libs/timers';
import type { MailTransport, OutgoingMail } from './mail-transport.js';
import { id, smallMunicipality, type SmallMunicipality } from './mailer.samples.js';

const DAY_MS = 86_400_000;

let city: SmallMunicipality;
beforeAll(async () => {
  city = await smallMunicipality();
  await city.unit('Nämnden');
  await city.colleague('Per', 'Nämnden', { role: 'process-owner' });
}, 60_000);
afterAll(() => city.close());

const kept = () => {
  const mails: OutgoingMail[] = [];
  const transport: MailTransport = {
    send: (mail) => {
      mails.push(mail);
      return Promise.resolve({ outcome: 'accepted', code: 250, addressed: mail.to.length, refused: 0 });
    },
  };
  return { mails, transport };
};
const summaries = async () => {
  const facts = await city.log.readStream('stockholm', `late-summary-${lateSummariesId('stockholm')}`, { max: 1_000 });
  return facts.flatMap(({ entry }) => (entry.type === 'LateSummaryIssued' ? [entry] : []));
};
/** Everything that is due at the next morning is done, and its mail sent. */
const nextDay = async () => {
  city.clock.pass(DAY_MS);
  await city.worked();
  const { mails, transport } = kept();
  await city.deliver(transport);
  return mails;
};

test('what was entered years late comes in one mail the next morning, with a link to each', async () => {
  await city.enterReply('A', 'Nämnden', '2018-03-01');
  await city.enterReply('B', 'Nämnden', '2016-05-02');
  await city.worked();
  const { mails, transport } = kept();
  await city.deliver(transport);
  expect(mails).toEqual([]);
  const [mail, ...more] = await nextDay();
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Redan försenat när det registrerades: 2 saker');
  expect(mail?.to).toEqual([{ name: 'Per', address: 'per@stockholm.example' }]);
  expect(mail?.text).toBe(`Det här registrerades i efterhand, och sista dagen hade då redan passerat: 2 saker. För tiden som gått skickas inga påminnelser.

Du får sammanställningen som processägare, Nämnden.

Yttrande försenat, sista dag måndag 2 maj 2016: https://uppsikt.stockholm.example/replies/${id('B')}
Yttrande försenat, sista dag torsdag 1 mars 2018: https://uppsikt.stockholm.example/replies/${id('A')}
Öppna Uppsikt: https://uppsikt.stockholm.example/

Skickat av Uppsikt. Mejlet kan inte besvaras.
`);
  const [fact] = await summaries();
  expect(mail?.messageId).toBe(`${String(fact?.data.reminder)}@stockholm.uppsikt`);
});

test('no reminder of the years past is issued; those that go on, go on', async () => {
  const facts = await city.log.readStream('stockholm', `reply-${id('A')}`);
  expect(facts.map(({ entry }) => entry.type)).toEqual(['DeadlineSet', 'DeadlineMissed', 'RemindersSuppressed']);
  expect(facts[1]?.entry.data).toMatchObject({ missedAt: '2018-03-01T23:00:00.000Z' });
  city.clock.pass(29 * DAY_MS);
  expect(await nextDay()).toEqual([]); // the head of administration is reminded monthly: nobody holds that role
  expect((await city.log.readStream('stockholm', `reply-${id('A')}`)).map(({ entry }) => entry.type)).toContain('ReminderIssued');
});

test('it is sent once, also when the outbox is built anew', async () => {
  await city.rebuildOutbox();
  expect((await nextDay()).filter(({ subject }) => subject.startsWith('Redan'))).toEqual([]);
  expect(await summaries()).toHaveLength(1);
});

test('what was done before the mail goes is not in it; where nothing is left none goes', async () => {
  await city.enterReply('C', 'Nämnden', '2019-02-01');
  await city.enterReply('D', 'Nämnden', '2019-03-01');
  await city.giveReply('C', '2019-02-10');
  await city.worked();
  const mails = (await nextDay()).filter(({ subject }) => subject.startsWith('Redan'));
  expect(mails.map(({ subject }) => subject)).toEqual(['Redan försenat när det registrerades: en sak']);
  expect(mails[0]?.text).not.toContain(id('C'));
  await city.enterReply('E', 'Nämnden', '2019-04-01');
  await city.giveReply('E', '2019-04-03');
  await city.worked();
  expect((await nextDay()).filter(({ subject }) => subject.startsWith('Redan'))).toEqual([]);
  const reminder = String((await summaries()).at(-1)?.data.reminder);
  expect(await city.fate(reminder)).toMatchObject({ status: 'failed', reason: 'nothing-left' });
});

test('a process that died before it could record that the mail went sends it again under the same Message-ID', async () => {
  await city.enterReply('F', 'Nämnden', '2019-05-02');
  await city.worked();
  city.clock.pass(DAY_MS * 3);
  await city.worked();
  const { mails, transport } = kept();
  const died = city.mailerTo(transport, { commands: { send: () => Promise.reject(new LogUnavailable('It died.')) } });
  await expect(died.drain(AbortSignal.timeout(10_000))).rejects.toThrow('It died.');
  await city.deliver(transport);
  const [first, second, ...more] = mails.filter(({ subject }) => subject.startsWith('Redan'));
  expect(first?.messageId).toBe(second?.messageId);
  expect(more).toEqual([]);
});
