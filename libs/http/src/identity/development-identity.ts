import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isId, stockholmDay, type Clock, type Day, type Text } from '#libs/kernel';
import { CLOCK } from '../ports.js';
import { Identities, People, signInRequired, type Identity } from './identity.js';

const HEADER = 'uppsikt-person';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/** From this machine, addressed as this machine, and not handed on: a page elsewhere that a browser is tricked into cannot pass for it. */
const isLocal = ({ socket, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') &&
  LOCAL_HOST.test(headers.host ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined;

/**
 * Sign-in for trying things out: `Uppsikt-Person: <id>` names one of the sample people. Who holds several roles says which:
 * `<id>; role=auditor; unit=<id>`. There is no secret in it, so it is heard only from the machine itself, and only where the profile turns it on.
 */
@Injectable()
export class DevelopmentIdentity extends Identities {
  override readonly scheme = 'Uppsikt-Person';
  override readonly how: Text = {
    sv: 'Säg vem du är med huvudet Uppsikt-Person: <personens id>, och vid flera roller Uppsikt-Person: <id>; role=<roll>; unit=<enhetens id>.',
    en: 'Say who you are with the header Uppsikt-Person: <id of the person>, and where there are several roles Uppsikt-Person: <id>; role=<role>; unit=<id of the unit>.',
  };

  constructor(
    @Inject(People) private readonly people: People,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  override async of(request: FastifyRequest): Promise<Identity | undefined> {
    const header = request.headers[HEADER];
    if (header === undefined) return undefined;
    if (!isLocal(request)) {
      throw signInRequired(this, { sv: 'Uppsikt-Person gäller bara på den egna datorn.', en: 'Uppsikt-Person is heard only on the machine itself.' });
    }
    const { person, role, unit, tenant } = parsed(String(header));
    const known = isId(person) ? await this.people.find(person, tenant) : undefined;
    if (!known) throw signInRequired(this, { sv: `Det finns ingen person med det id:t. ${this.how.sv}`, en: `There is no person of that id. ${this.how.en}` });
    const today = stockholmDay(this.clock.now());
    const held = known.roles.filter((one) => holds(one, today) && (role === undefined || one.role === role) && (unit === undefined || one.unit === unit));
    const [only, ...others] = held;
    if (!only || others.length > 0) throw signInRequired(this, choice(known.person, only ? held : known.roles.filter((one) => holds(one, today))));
    const by = { actor: known.person, role: only.role, unit: only.unit, ...(only.insteadOf !== undefined && { for: only.insteadOf }) };
    return { tenant: known.tenant, by, holdings: known.holdings(only.unit, today) };
  }
}

const holds = ({ from, to }: { readonly from: Day; readonly to?: Day | undefined }, today: Day): boolean => from <= today && (to === undefined || today <= to);

const parsed = (header: string): { person: string; role?: string; unit?: string; tenant?: string } => {
  const [person = '', ...settings] = header.split(';').map((part) => part.trim());
  const named = settings.map((setting) => setting.split('=', 2).map((part) => part.trim()) as [string, string]);
  return { ...Object.fromEntries(named), person: person.toLowerCase() };
};

const choice = (person: string, held: readonly { readonly role: string; readonly unit: string }[]): Text => {
  const choices = held.map(({ role, unit }) => `Uppsikt-Person: ${person}; role=${role}; unit=${unit}`).join(' | ');
  if (!choices) return { sv: 'Personen har ingen roll i dag.', en: 'The person holds no role today.' };
  return { sv: `Säg i vilken roll och enhet: ${choices}`, en: `Say in which role and unit: ${choices}` };
};
