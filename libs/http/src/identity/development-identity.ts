import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isId, stockholmDay, type Clock, type Text } from '#libs/kernel';
import { CLOCK } from '../ports.js';
import { inRole, NoRole, settingsIn } from './chosen-role.js';
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
    const [person = '', ...settings] = String(header).split(';');
    const { tenant, ...choice } = settingsIn(settings.join(';'));
    const id = person.trim().toLowerCase();
    const known = isId(id) ? await this.people.find(id, tenant) : undefined;
    if (!known) throw signInRequired(this, { sv: `Det finns ingen person med det id:t. ${this.how.sv}`, en: `There is no person of that id. ${this.how.en}` });
    const identity = inRole(known, choice, stockholmDay(this.clock.now()), `Uppsikt-Person: ${known.person}; `);
    if (identity instanceof NoRole) throw signInRequired(this, identity.text);
    return identity;
  }
}
