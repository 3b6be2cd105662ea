import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { day, derivedId, event, instant } from '#libs/kernel';
import {
  BoardSucceeded,
  MunicipalityRegistered,
  organisationId,
  organisationStream,
  RoleAssigned,
  RoleEnded,
  SuccessionWithdrawn,
  UnitRegistered,
  type OrganisationEvent,
  type Role,
} from '#libs/organisation';
import type { AsOfEvent, Happened } from '#libs/reactions';
import { noteDuties } from './note-duties.reaction.js';
import { NoteDuty } from './note-duty.js';
import { steppedClock, timersOn } from './timers.samples.js';

const id = (name: string): string => derivedId('note-duties', name);
const board = (name: string) => event(UnitRegistered, { unit: id(name), name, kind: 'district-board' });
const unit = (name: string, partOf: string) => event(UnitRegistered, { unit: id(name), name, kind: 'unit', partOf: id(partOf) });
const assigned = (name: string, where: string, role: Role) =>
  event(RoleAssigned, { person: id(name), role, unit: id(where), from: day('2018-01-01'), capacity: 'ordinary' });
const merged = event(BoardSucceeded, {
  from: [id('Älvsjö')],
  to: [id('Hägersten-Älvsjö')],
  on: day('2020-07-01'),
  decision: 'Kommunfullmäktige (exempel)',
  exceptions: [],
  units: [{ from: id('enheten'), to: id('nya enheten') }],
});

let spec: Awaited<ReturnType<typeof timersOn>>;
beforeAll(async () => {
  spec = await timersOn(steppedClock(instant('2020-06-01T09:00:00+02:00')));
  await spec.record(organisationStream, organisationId('stockholm'), [
    event(MunicipalityRegistered, { name: 'Stockholms stad' }),
    board('Älvsjö'),
    board('Hägersten-Älvsjö'),
    board('Farsta'),
    unit('enheten', 'Älvsjö'),
    unit('nya enheten', 'Hägersten-Älvsjö'),
    assigned('A', 'Älvsjö', 'registrar'),
    assigned('B', 'enheten', 'unit-manager'),
    assigned('C', 'Farsta', 'registrar'),
    merged,
  ]);
  await spec.drained();
}, 60_000);
afterAll(() => spec.close());

const asOf: AsOfEvent = (_views, questions) => spec.views.read('stockholm', questions);
const targets = (fact: OrganisationEvent) => noteDuties.targets({ ...fact, tenant: 'stockholm' } as Happened, asOf);

test('whoever gets or leaves a role may leave it unheld there', async () => {
  expect(await targets(assigned('D', 'Farsta', 'registrar'))).toEqual([`${id('Farsta')}.registrar`]);
  const left = event(RoleEnded, { person: id('C'), role: 'registrar', unit: id('Farsta'), from: day('2018-01-01'), lastDay: day('2020-05-31') });
  expect(await targets(left)).toEqual([`${id('Farsta')}.registrar`]);
});

test('boards that are succeeded concern the roles that end with them and those of their successors, and no others', async () => {
  expect([...(await targets(merged))].toSorted()).toEqual(
    [`${id('Älvsjö')}.registrar`, `${id('Hägersten-Älvsjö')}.registrar`, `${id('enheten')}.unit-manager`, `${id('nya enheten')}.unit-manager`].toSorted(),
  );
});

test('a succession that is withdrawn concerns the same duties again', async () => {
  const withdrawn = event(SuccessionWithdrawn, { succession: id('merged'), from: [id('Älvsjö')], to: [id('Hägersten-Älvsjö')], reason: 'Fel dag.' });
  const concerned = await targets(withdrawn);
  expect(concerned).toEqual(expect.arrayContaining([...(await targets(merged))]));
  expect(concerned.some((target) => target.startsWith(id('Farsta')))).toBe(false);
});

test('each is looked up anew', () => {
  const command = noteDuties.react({} as Happened, `${id('Farsta')}.registrar`);
  expect(command).toEqual(Object.assign(new NoteDuty(), { unit: id('Farsta'), role: 'registrar' }));
});
