import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day } from '#libs/kernel';
import { EndRole } from '#libs/organisation';
import { defaultRules, dutyId, SetDeadlineRule } from '#libs/timers';
import type { MailTransport, OutgoingMail } from './mail-transport.js';
import { id, smallMunicipality, type SmallMunicipality } from './mailer.samples.js';

const DAY_MS = 86_400_000;

let city: SmallMunicipality;
beforeAll(async () => {
  city = await smallMunicipality();
  const rule = defaultRules.find(({ type }) => type === 'duty-unheld');
  await city.send(Object.assign(new SetDeadlineRule(), rule), {});
  await city.colleague('Per', 'Enheten', { role: 'unit-manager' });
  await city.colleague('Rut', 'Enheten', { role: 'registrar' });
}, 60_000);
afterAll(() => city.close());

const passed = async (days: number) => {
  const mails: OutgoingMail[] = [];
  const transport: MailTransport = {
    send: (mail) => {
      mails.push(mail);
      return Promise.resolve({ outcome: 'accepted', code: 250, addressed: mail.to.length, refused: 0 });
    },
  };
  city.clock.pass(days * DAY_MS);
  await city.worked();
  await city.deliver(transport);
  return mails;
};
const types = async () => {
  const facts = await city.log.readStream('stockholm', `duty-${dutyId('stockholm', id('Enheten'), 'registrar')}`);
  return facts.map(({ entry }) => entry.type);
};

test('a role that is held asks for nothing', async () => {
  expect(await passed(0)).toEqual([]);
  expect(await types()).toEqual([]);
});

test('when its last holder has left a new one is awaited, and the head of the unit is reminded in the role’s place', async () => {
  await city.send(new EndRole(), { person: id('Rut'), role: 'registrar', unit: id('Enheten'), lastDay: day('2020-09-30') });
  expect(await passed(0)).toEqual([]);
  expect(await types()).toEqual(['DutyUnheld', 'DeadlineSet']);
  const [mail, ...more] = await passed(14); // due on 29 October
  expect(more).toEqual([]);
  expect(mail?.to).toEqual([{ name: 'Per', address: 'per@stockholm.example' }]);
  expect(mail?.subject).toBe('Ny innehavare av en roll: senast torsdag 29 oktober 2020');
  expect(mail?.text).toContain('En ny innehavare av rollen ska ha utsetts senast torsdag 29 oktober 2020.');
  expect(mail?.text).toContain('Det gäller rollen registrator, Enheten.');
  expect(mail?.text).toContain('Det är egentligen en uppgift för registrator, Enheten, men den rollen har ingen just nu.');
});

test('when it turns out that somebody had it all the time nothing is awaited any more', async () => {
  await city.colleague('Ann', 'Enheten', { role: 'registrar' });
  expect(await passed(0)).toEqual([]);
  expect((await types()).at(-1)).toBe('DeadlineClosed');
  expect(await passed(60)).toEqual([]);
});
