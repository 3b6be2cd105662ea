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
    /** Why nobody is known, where the request names somebody. */
    notIdentified: unknown;
  }
}

/** Tells who sends a request: by a development header, or by a token of the OpenID provider. */
export abstract class Identities {
  /** What a request that names nobody is told to do. */
  abstract readonly how: Text;
  /** For the header `WWW-Authenticate`. */
  abstract readonly scheme: string;
  /**
   * Undefined where the request names nobody.
   * @throws HttpRefused where it names somebody who is not, or not any more (401), or who has no role or has not said which (403)
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

/** Where sign-ins of the OpenID provider are looked up: the organisation. */
export abstract class SignIns {
  /** What a sign-in is called here: a keyed hash, which tells nothing of whose it is. */
  abstract nameOf(issuer: string, subject: string): string;
  /** Whose a sign-in of that name is, at this moment; undefined where it is nobody's. */
  abstract find(signIn: string): Promise<FoundPerson | undefined>;
}
