import { START, type EventLog, type Position, type Stored } from '#libs/event-log';

/** Every entry up to a position, in pages, whatever is recorded meanwhile. */
export async function* entriesUpTo(log: EventLog, end: Position, filter: Parameters<EventLog['readAll']>[0]['filter'] = {}): AsyncGenerator<readonly Stored[]> {
  for (let after: Position | undefined = START; after !== undefined && after < end;) {
    const page: Awaited<ReturnType<EventLog['readAll']>> = await log.readAll({ after, filter });
    const entries = page.entries.filter(({ position }) => position <= end);
    if (entries.length > 0) yield entries;
    after = page.next;
  }
}

/** A line of the log in a backup: the position, then the entry, byte for byte. */
export const lineOf = ({ position, text }: Stored): string => `["${position}",${text}]`;

/** @throws SyntaxError, RangeError where it is none */
export const entryOf = (line: string): { readonly position: Position; readonly text: string } => {
  const [, position, text] = /^\["(\d{1,19})",(\{.*\})\]$/s.exec(line) ?? [];
  if (position === undefined || text === undefined) throw new RangeError('This is no line of a log.');
  return { position: BigInt(position) as Position, text };
};
