import type { Need } from '#libs/commands';
import { never, type Stream } from '#libs/kernel';
import { PersonRegistered, type Language, type PersonEvent } from './person.events.js';

/** A member of staff as decisions see one: name and address are sealed, and no decision rests on them. */
export type Person = { readonly status: 'none' } | { readonly status: 'registered'; readonly subject: string; readonly language: Language };

/** One stream per person: `person-<uuid>`. */
export const personStream: Stream<Person, PersonEvent> = {
  name: 'person',
  events: [PersonRegistered],
  initial: { status: 'none' },
  evolve: (_state, event) => {
    switch (event.type) {
      case 'PersonRegistered':
        return { status: 'registered', subject: event.data.subject, language: event.data.language };
      default:
        return never(event.type);
    }
  },
  subject: (state) => (state.status === 'registered' ? state.subject : undefined),
};

/** The person that a command names. Cited as basis by what is decided on it. */
export const namedPerson: Need<{ readonly person: string }, Person> = async (reads, command) => {
  const { state, lastId } = await reads.fold(personStream, command.person);
  return { value: state, basis: lastId === undefined ? [] : [lastId] };
};
