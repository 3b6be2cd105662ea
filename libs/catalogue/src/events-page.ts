import { dataSchema, personalSchema, type AnyEventType, type Event, type Stream } from '#libs/kernel';
import { deadlineEvents } from '#libs/timers';
import type { JsonSchema } from './json-schema.js';

const INTRODUCTION = `# Events

Everything that can be recorded, as the declarations say it. This page is written by \`npm run generate\` and compared by a test; it is never changed by hand.

An entry of the log is canonical JSON (RFC 8785): who, in which role, when, on what basis, and the \`data\` listed here. Days are calendar days in Europe/Stockholm (\`…On\`); instants are UTC with milliseconds (\`…At\`). What is listed as _sealed_ is encrypted per case, lies apart from the log, and can be erased. \`libs/catalogue/src/golden\` holds one entry of each type and schema, byte for byte.
`;

const opens = ({ data }: AnyEventType): boolean => 'subject' in data;

/** What opens a case comes first. The others stand as their stream lists them. */
export const openingFirst = (types: readonly AnyEventType[]): readonly AnyEventType[] => [...types.filter(opens), ...types.filter((type) => !opens(type))];

const isOfDeadlines = (type: AnyEventType): boolean => deadlineEvents.some((known) => known.type === type.type);

/** The page that lists every event type: by stream, and those of deadlines, which several kinds of streams hold, on their own. */
export const eventsPage = (streams: readonly Stream<unknown, Event>[]): string => {
  const sections = streams.map(({ name, events }) => {
    const also = events.some(isOfDeadlines) ? ['Also everything that can happen to its [deadlines](#deadlines).'] : [];
    return [`## \`${name}-<uuid>\``, ...also, ...openingFirst(events.filter((type) => !isOfDeadlines(type))).map(eventOf)].join('\n\n');
  });
  const deadlines = ['## Deadlines', 'In the stream of whatever awaits something by a day.', ...deadlineEvents.map(eventOf)].join('\n\n');
  return `${[INTRODUCTION.trimEnd(), ...sections, deadlines].join('\n\n')}\n`;
};

const eventOf = (type: AnyEventType): string => {
  const byTimer = type.byTimer ? ' Follows from others or from the time: it makes no one’s ETag stale.' : '';
  const data = fieldsOf(dataSchema(type), '');
  const sealed = fieldsOf(personalSchema(type), '');
  return [
    `### ${type.type}`,
    `${type.name.sv} · ${type.name.en}. Schema ${type.schema}.${byTimer}`,
    ...(data.length > 0 ? [data.join('\n')] : []),
    ...(sealed.length > 0 ? ['Sealed:', sealed.join('\n')] : []),
  ].join('\n\n');
};

/** A line for each property, those of a part indented below it. */
const fieldsOf = (schema: JsonSchema, indent: string): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const left = schema.required?.includes(name) ? '' : ', may be left out';
    const said = property.description === undefined ? '' : `: ${property.description}`;
    return [`${indent}- \`${name}\` (${kindOf(property)}${left})${said}`, ...partsOf(property).flatMap((part) => fieldsOf(part, `${indent}  `))];
  });

const partsOf = (schema: JsonSchema): readonly JsonSchema[] => {
  if (schema.type === 'array') return partsOf(schema.items ?? {});
  if (schema.anyOf) return schema.anyOf.flatMap(partsOf);
  return schema.type === 'object' ? [schema] : [];
};

const kindOf = (schema: JsonSchema): string => {
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' | ');
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  if (schema.type === 'object') return 'object';
  if (schema.type === 'string') return TEXT_KINDS[schema.format ?? ''] ?? (schema.pattern === undefined ? 'text' : `text like \`${schema.pattern}\``);
  return schema.type ?? 'anything';
};

const TEXT_KINDS: Readonly<Record<string, string>> = { uuid: 'UUID', date: 'day', 'date-time': 'instant' };
