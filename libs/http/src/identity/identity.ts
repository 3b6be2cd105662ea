import type { FastifyRequest } from 'fastify';
import type { Asker, Holdings } from '#libs/commands';
import type { Day, Text } from '#libs/kernel';
import { HttpRefused } from '../problem/told.js';

/** Who asks: of which municipality, as whom in which role and unit, and what that unit and its board handle today. */
export interface Identity extends Required<Asker> {
  readonly tenant: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity | undefined;
  }
}

/** Tells who sends a request: a development header, or a session of the sign-in. */
export abstract class Identities {
  /** What a request that names nobody is told to do. */
  abstract readonly how: Text;
  /** For the header `WWW-Authenticate`. */
  abstract readonly scheme: string;
  /**
   * Undefined where the request names nobody.
   * @throws HttpRefused (401) where it names somebody who is not, or not any more
   */
  abstract of(request: FastifyRequest): Promise<Identity | undefined>;
}

export const signInRequired = ({ how, scheme }: Pick<Identities, 'how' | 'scheme'>, text = how): HttpRefused =>
  new HttpRefused({ status: 401, code: 'identity.required', text, headers: { 'www-authenticate': scheme } });

/** A person as the organisation knows one, and what the person holds, held or will hold. */
export interface KnownPerson {
  readonly tenant: string;
  readonly person: string;
  readonly roles: readonly {
    readonly role: string;
    readonly unit: string;
    readonly from: Day;
    /** The last day, where there is one. */ readonly to?: Day | undefined;
    /** The person in whose stead it is held, where it is. */ readonly insteadOf?: string | undefined;
  }[];
}

/** A person who was looked up, and what units and their boards handle by the register that was read for it. */
export interface FoundPerson extends KnownPerson {
  holdings(unit: string, on: Day): Holdings;
}

/** Where persons and what they hold are looked up: the organisation. */
export abstract class People {
  /** @param tenant where left out, the one municipality that knows the person */
  abstract find(person: string, tenant?: string): Promise<FoundPerson | undefined>;
}
