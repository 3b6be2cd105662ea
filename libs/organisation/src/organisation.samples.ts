import { day, event, instant } from '#libs/kernel';
import * as events from './organisation.events.js';
import type { Person } from './person.js';
import type { Role } from './roles.js';
import type { UnitKind } from './unit-kinds.js';

// Facts as the specs tell them.

export const ids = {
  board: '11111111-1111-4111-8111-111111111111',
  administration: '22222222-2222-4222-8222-222222222222',
  unit: '33333333-3333-4333-8333-333333333333',
  otherUnit: '44444444-4444-4444-8444-444444444444',
  provider: '55555555-5555-4555-8555-555555555555',
  otherProvider: '66666666-6666-4666-8666-666666666666',
  person: '77777777-7777-4777-8777-777777777777',
  subject: '88888888-8888-4888-8888-888888888888',
};

/** An administrator of Stockholm asks, in the autumn of 2020. */
export const asked = {
  now: instant('2020-10-01T08:00:00.000Z'),
  by: { actor: ids.person, role: 'administrator', unit: ids.board },
  id: ids.board,
  subject: ids.subject,
};
/** The one who is to get a role. */
export const holder: Person = { status: 'registered', subject: ids.subject, language: 'sv' };

export const municipality = (name = 'Stockholm') => event(events.MunicipalityRegistered, { name });
export const unit = (id: string, name: string, kind: UnitKind, partOf?: string) =>
  event(events.UnitRegistered, { unit: id, name, kind, ...(partOf !== undefined && { partOf }) });
export const provider = (id: string, name: string) => event(events.ProviderRegistered, { provider: id, name });
export const assigned = (role: Role, from: string, to?: string, inUnit = ids.unit) =>
  event(events.RoleAssigned, { person: ids.person, role, unit: inUnit, from: day(from), ...(to !== undefined && { to: day(to) }), capacity: 'ordinary' });
export const ended = (role: Role, from: string, lastDay: string, inUnit = ids.unit) =>
  event(events.RoleEnded, { person: ids.person, role, unit: inUnit, from: day(from), lastDay: day(lastDay) });

/** A sign-in as the log names it. */
export const SIGN_IN = 'ab'.repeat(32);
export const linked = (signIn = SIGN_IN, person = ids.person) => event(events.SignInLinked, { person, signIn });
export const unlinked = (signIn = SIGN_IN, person = ids.person) => event(events.SignInUnlinked, { person, signIn });

/** A municipality with one unit: what most rules start from. */
export const registered = [municipality(), unit(ids.unit, 'Enheten för barn', 'unit')];
