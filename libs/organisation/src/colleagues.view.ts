import { Inject, Injectable } from '@nestjs/common';
import { Streams } from '#libs/commands';
import { Vault } from '#libs/vault';
import type { Language } from './person.events.js';
import { personStream } from './person.js';

/** What a member of staff is called, how to write to the person, and in which language. */
export interface Colleague {
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

/** Opens what the register keeps sealed of the staff. Showing a colleague's name is no logged reading. */
@Injectable()
export class Colleagues {
  constructor(
    @Inject(Streams) private readonly streams: Streams,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Those of the persons who are registered and have not been erased, by id. */
  async open(tenant: string, persons: Iterable<string>): Promise<ReadonlyMap<string, Colleague>> {
    const told = await Promise.all([...new Set(persons)].map((person) => this.streams.tell(tenant, personStream, person)));
    const registered = told.flatMap(({ happened }) => happened);
    const opened = await this.vault.open(
      tenant,
      registered.map(({ stored }) => stored.entry),
    );
    const known = registered.flatMap(({ event }) => {
      const { name, email } = opened.get(event.id) ?? {};
      if (typeof name !== 'string' || typeof email !== 'string') return [];
      const { person, language } = event.data;
      return [[person, { person, name, email, language }] as const];
    });
    return new Map(known);
  }
}
