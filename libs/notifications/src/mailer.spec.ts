import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LogUnavailable } from '#libs/event-log';
import { day } from '#libs/kernel';
import { personStream, RegisterUnit, SucceedBoards } from '#libs/organisation';
import { duty, Leases } from '#libs/views';
import { startMailServer, startSilentServer, type MailServer } from './mail-server.samples.js';
import type { MailTransport, OutgoingMail } from './mail-transport.js';
import { id, smallMunicipality, type SmallMunicipality } from './mailer.samples.js';
import { smtpTransport } from './smtp-transport.js';

const MINUTE_MS = 60_000;

let city: SmallMunicipality;
beforeAll(async () => {
  city = await smallMunicipality();
});
afterAll(() => city.close());

/** Takes every mail, and keeps it. */
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
const withServer = async <T>(server: Promise<MailServer>, work: (server: MailServer) => Promise<T>): Promise<T> => {
  const started = await server;
  try {
    return await work(started);
  } finally {
    await started.close();
  }
};

describe('a reminder that was issued', () => {
  test('is mailed to whoever held the role that day, under its own Message-ID, and that is recorded', async () => {
    const reminder = await city.issue('A', 'Enheten');
    await withServer(startMailServer(), async (server) => {
      await city.deliver(smtpTransport(server.url));
      expect(server.received).toMatchObject([{ messageId: `<${reminder}@stockholm.uppsikt>`, recipients: ['åsa@stockholm.example'] }]);
    });
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted', attempts: 1, code: 250, refused: 0, reason: null, nextAt: null });
    const [fact] = await city.log.readStream('stockholm', `mail-${reminder}`);
    expect(fact?.entry).toMatchObject({
      type: 'MailAccepted',
      data: { reminder, attempt: 1, code: 250, addressed: 1, refused: 0 },
      by: { actor: 'mailer', role: 'system' },
    });
    expect(fact?.text).not.toMatch(/@|Åsa/);
  });

  test('says what is awaited, which day and why, and leads to the order', async () => {
    await city.issue('A2', 'Enheten');
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails).toMatchObject([
      {
        from: 'Uppsikt <uppsikt@stockholm.example>',
        to: [{ name: 'Åsa', address: 'åsa@stockholm.example' }],
        subject: 'Genomförandeplan: senast fredag 16 oktober 2020',
        languages: ['sv'],
        issuedAt: city.clock.now(),
      },
    ]);
    expect(mails[0]?.text).toContain('dag 15 är fredag 16 oktober 2020');
    expect(mails[0]?.text).toContain('handläggare, Enheten');
    expect(mails[0]?.text).toContain(`https://uppsikt.stockholm.example/orders/${id('A2')}`);
  });

  test('is mailed once, however often the mailer looks', async () => {
    await city.issue('B', 'Enheten');
    const { mails, transport } = kept();
    await city.deliver(transport);
    await city.deliver(transport);
    city.clock.pass(24 * 60 * MINUTE_MS);
    await city.deliver(transport);
    expect(mails).toHaveLength(1);
  });

  test('is not mailed again when the outbox is built anew', async () => {
    const reminder = await city.issue('C', 'Enheten');
    await city.deliver(kept().transport);
    await city.rebuildOutbox();
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails).toEqual([]);
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted' });
  });

  test('goes again under the same Message-ID when the process died before it could record that it went', async () => {
    const reminder = await city.issue('D', 'Enheten');
    const { mails, transport } = kept();
    const died = city.mailerTo(transport, { commands: { send: () => Promise.reject(new LogUnavailable('It died.')) } });
    await expect(died.drain(AbortSignal.timeout(10_000))).rejects.toThrow('It died.');
    await city.deliver(transport);
    expect(mails.map(({ messageId }) => messageId)).toEqual([`${reminder}@stockholm.uppsikt`, `${reminder}@stockholm.uppsikt`]);
    expect(await city.log.readStream('stockholm', `mail-${reminder}`)).toHaveLength(1);
  });

  test('is mailed once by two processes that both have the duty', async () => {
    const reminders = [];
    for (let n = 0; n < 20; n++) reminders.push(await city.issue(`both ${n}`, 'Enheten'));
    const { mails, transport } = kept();
    const stop = new AbortController();
    const leases = [new Leases(city.pool), new Leases(city.pool)];
    const running = leases.map((own) => duty(own, 'mail', (signal) => city.mailerTo(transport).run(signal), stop.signal));
    while (mails.length < reminders.length) await new Promise((later) => setTimeout(later, 10));
    await city.settled();
    stop.abort();
    await Promise.all(running);
    await city.deliver(transport);
    expect(mails.map(({ messageId }) => messageId).toSorted()).toEqual(reminders.map((one) => `${one}@stockholm.uppsikt`).toSorted());
  });
});

describe('a mail server that', () => {
  test('takes the mail and dies before it answers gets the same Message-ID again, a minute later', async () => {
    const reminder = await city.issue('E', 'Enheten');
    await withServer(startMailServer(['die']), async (server) => {
      const transport = smtpTransport(server.url);
      await city.deliver(transport);
      expect(await city.fate(reminder)).toMatchObject({ status: 'retrying', attempts: 1, reason: 'unreachable' });
      await city.deliver(transport);
      expect(server.received).toHaveLength(1);
      city.clock.pass(MINUTE_MS);
      await city.deliver(transport);
      expect(server.received.map(({ messageId }) => messageId)).toEqual([`<${reminder}@stockholm.uppsikt>`, `<${reminder}@stockholm.uppsikt>`]);
    });
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted', attempts: 2, reason: null, nextAt: null });
  });

  test('refuses the mail for good is not asked again, and that is visible', async () => {
    const reminder = await city.issue('F', 'Enheten');
    await withServer(startMailServer([{ code: 550 }]), async (server) => {
      await city.deliver(smtpTransport(server.url));
      city.clock.pass(24 * 60 * MINUTE_MS);
      await city.deliver(smtpTransport(server.url));
      expect(server.received).toHaveLength(1);
    });
    expect(await city.fate(reminder)).toMatchObject({ status: 'failed', attempts: 1, reason: 'refused', code: 550 });
  });

  test('is down is asked ever more seldom, until it is up', async () => {
    const reminder = await city.issue('G', 'Enheten');
    const down = await startMailServer();
    await down.close();
    const transport = smtpTransport(down.url);
    for (const minutes of [0, 1, 2]) {
      city.clock.pass(minutes * MINUTE_MS);
      await city.deliver(transport);
    }
    expect(await city.fate(reminder)).toMatchObject({ status: 'retrying', attempts: 3, reason: 'unreachable' });
    await withServer(startMailServer([], { port: down.port }), async (server) => {
      city.clock.pass(4 * MINUTE_MS);
      await city.deliver(transport);
      expect(server.received).toHaveLength(1);
    });
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted', attempts: 4 });
  });

  test('hangs is left, and the mail is tried again', async () => {
    const reminder = await city.issue('H', 'Enheten');
    const silent = await startSilentServer();
    await city.deliver(smtpTransport(silent.url, { stepMs: 100, wholeMs: 1_000 }));
    await silent.close();
    expect(await city.fate(reminder)).toMatchObject({ status: 'retrying', reason: 'timed-out' });
    city.clock.pass(MINUTE_MS);
    await city.deliver(kept().transport);
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted', attempts: 2 });
  });
});

describe('a reminder', () => {
  test('to a role that nobody held that day is not mailed, and that is visible', async () => {
    await city.unit('Tomma enheten');
    await city.colleague('Eva', 'Tomma enheten', { to: '2020-09-30' });
    const reminder = await city.issue('I', 'Tomma enheten');
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails).toEqual([]);
    expect(await city.fate(reminder)).toMatchObject({ status: 'failed', reason: 'role-unheld' });
  });

  test('to a role that nobody held goes to the head of the unit, and says in whose place', async () => {
    await city.unit('Tömda enheten');
    await city.colleague('Ewa', 'Tömda enheten', { to: '2020-09-30' });
    await city.colleague('Gun', 'Tömda enheten', { role: 'unit-manager' });
    await city.issue('I2', 'Tömda enheten');
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails.map(({ to }) => to.map(({ name }) => name))).toEqual([['Gun']]);
    expect(mails[0]?.text).toContain('Du får påminnelsen som enhetschef, Tömda enheten.');
    expect(mails[0]?.text).toContain(
      'Det är egentligen en uppgift för handläggare, Tömda enheten, men den rollen har ingen just nu. Därför kommer mejlet till dig.',
    );
  });

  test('to a unit that another has succeeded goes to the people of that one', async () => {
    for (const name of ['Gamla nämnden', 'Nya nämnden']) await city.send(new RegisterUnit(), { unit: id(name), name, kind: 'district-board' });
    for (const [name, board] of [
      ['Gamla nämndens enhet', 'Gamla nämnden'],
      ['Nya nämndens enhet', 'Nya nämnden'],
    ] as const)
      await city.send(new RegisterUnit(), { unit: id(name), name, kind: 'unit', partOf: id(board) });
    await city.colleague('Hans', 'Gamla nämndens enhet');
    await city.colleague('Ida', 'Nya nämndens enhet');
    await city.send(new SucceedBoards(), {
      from: [id('Gamla nämnden')],
      to: [id('Nya nämnden')],
      on: day('2020-07-01'),
      decision: 'Kommunfullmäktige (exempel)',
      units: [{ from: id('Gamla nämndens enhet'), to: id('Nya nämndens enhet') }],
    });
    await city.issue('I3', 'Gamla nämndens enhet');
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails.map(({ to }) => to.map(({ name }) => name))).toEqual([['Ida']]);
    expect(mails[0]?.text).toContain('Du får påminnelsen som handläggare, Nya nämndens enhet.');
  });

  test('to somebody whose address is erased is not mailed, and that is visible', async () => {
    await city.unit('Glömda enheten');
    await city.colleague('Olle', 'Glömda enheten');
    const { state } = await city.streams.tell('stockholm', personStream, id('Olle'));
    if (state.status === 'registered') await city.vault.destroy('stockholm', state.subject);
    const reminder = await city.issue('J', 'Glömda enheten');
    await city.deliver(kept().transport);
    expect(await city.fate(reminder)).toMatchObject({ status: 'failed', reason: 'address-unknown' });
  });

  test('to several is one mail, in the languages that they read', async () => {
    await city.unit('Stora enheten');
    await city.colleague('Bo', 'Stora enheten');
    await city.colleague('Kim', 'Stora enheten', { language: 'en' });
    const reminder = await city.issue('K', 'Stora enheten');
    const { mails, transport } = kept();
    await city.deliver(transport);
    expect(mails.map(({ to, languages }) => ({ to: to.map(({ address }) => address).toSorted(), languages }))).toEqual([
      { to: ['bo@stockholm.example', 'kim@stockholm.example'], languages: ['sv', 'en'] },
    ]);
    expect(await city.fate(reminder)).toMatchObject({ status: 'accepted' });
  });

  test('whose mail cannot be made is told of and tried again, and stands in nobody’s way', async () => {
    const reminders = [await city.issue('L', 'Enheten'), await city.issue('M', 'Enheten')];
    const faults: unknown[] = [];
    const { mails, transport } = kept();
    const [broken] = reminders;
    const picky: MailTransport = {
      send: (mail) => (mail.messageId.startsWith(broken ?? '') ? Promise.reject(new Error('No space left.')) : transport.send(mail)),
    };
    await city.deliver(picky, { fault: (error) => faults.push(error) });
    expect(faults).toEqual([new Error('No space left.')]);
    expect(mails).toHaveLength(1);
    expect(await city.fate(reminders[0] ?? '')).toMatchObject({ status: 'retrying', reason: 'fault' });
    city.clock.pass(MINUTE_MS);
    await city.deliver(transport);
    expect(mails).toHaveLength(2);
  });
});
