import grpc from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import type { EventStoreServerLog } from './event-store-server-log.js';
import { accessDenied, failure, type Failure } from './event-store-server-faults.js';

/** Somebody whom the server knows: by password, or by a certificate that bears the name. */
export interface EventStoreUser {
  readonly name: string;
  readonly password: string;
  /** `$admins` may do everything. */
  readonly groups?: readonly string[];
}
export type Action = 'read' | 'write' | 'delete';
/** What is known of who calls. */
export interface Caller {
  readonly metadata: Metadata;
  getAuthContext(): { readonly sslPeerCertificate?: { readonly subject: { readonly CN?: string | string[] } } };
}

/** `known`: it is not who calls that is wrong, but what is asked for. */
type Refused = Failure & { readonly known: boolean };
type Roles = string | readonly string[] | undefined;
type Acl = Readonly<Record<string, Roles>>;
const ADMINS = '$admins';
const EVERYBODY = '$all';

/**
 * Who may do what: a stream's own list, where it has one, then the server's default, which is the last event of $settings,
 * then what is so from the beginning: everybody everything with streams of users, administrators alone with the server's own.
 */
export class Access {
  /** Kept in the log, as everything is, so that all nodes of a cluster know them. */
  readonly #users: Map<string, EventStoreUser> | undefined;

  /** @param users left out: security is off, and everybody may do everything */
  constructor(
    private readonly log: EventStoreServerLog,
    users: readonly EventStoreUser[] | undefined,
  ) {
    for (const user of users ?? []) log.users.set(user.name, user);
    this.#users = users && log.users;
  }

  /** Why this caller may not do this, if so. */
  refused(caller: Caller, action: Action, stream: string): Refused | undefined {
    if (!this.#users) return undefined;
    const user = this.#who(caller);
    if (user === 'impostor') return { ...failure(grpc.status.UNAUTHENTICATED, 'Unauthenticated'), known: false };
    return user && this.#may(user, action, stream) ? undefined : { ...accessDenied(), known: true };
  }

  /** Makes a user, or gives one another password; only an administrator may. */
  put(caller: Caller, user: EventStoreUser): Failure | undefined {
    const by = this.#who(caller);
    if (this.#users && (!by || by === 'impostor' || !by.groups?.includes(ADMINS))) return accessDenied();
    this.#users?.set(user.name, user);
    return undefined;
  }
  knows(name: string): boolean {
    return this.#users?.has(name) ?? false;
  }

  #who(caller: Caller): EventStoreUser | 'impostor' | undefined {
    const name = caller.getAuthContext().sslPeerCertificate?.subject.CN;
    if (typeof name === 'string') return this.#users?.get(name) ?? 'impostor';
    const [, said] = /^Basic (.*)$/.exec(String(caller.metadata.get('authorization')[0] ?? '')) ?? [];
    if (said === undefined) return undefined;
    const [login = '', password] = Buffer.from(said, 'base64').toString().split(':');
    const user = this.#users?.get(login);
    return user && user.password === password ? user : 'impostor';
  }

  #may(user: EventStoreUser, action: Action, stream: string): boolean {
    if (user.groups?.includes(ADMINS)) return true;
    const meta = stream.startsWith('$$');
    const [of, key] = meta ? [stream.slice(2), { read: '$mr', write: '$mw', delete: '' }[action]] : [stream, { read: '$r', write: '$w', delete: '$d' }[action]];
    const roles = this.#rolesOf(of, key);
    const named = typeof roles === 'string' ? [roles] : roles;
    return named.some((role) => role === EVERYBODY || role === user.name || user.groups?.includes(role));
  }

  #rolesOf(stream: string, key: string): NonNullable<Roles> {
    const own = (this.#last(`$$${stream}`) as { $acl?: Acl } | undefined)?.$acl?.[key];
    const settings = this.#last('$settings') as { $systemStreamAcl?: Acl; $userStreamAcl?: Acl } | undefined;
    const system = stream.startsWith('$');
    return own ?? (system ? (settings?.$systemStreamAcl?.[key] ?? ADMINS) : (settings?.$userStreamAcl?.[key] ?? EVERYBODY));
  }

  #last(stream: string): unknown {
    const found = this.log.readStream(stream, 'end', true, 1);
    const last = Array.isArray(found) ? (found as readonly { data: Uint8Array }[])[0] : undefined;
    return last && JSON.parse(Buffer.from(last.data).toString('utf8'));
  }
}
