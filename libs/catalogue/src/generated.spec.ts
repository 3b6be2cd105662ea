import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { entryText, type Entry, type Event, type RecordedEvent, type Stream } from '#libs/kernel';
import { openingFirst } from './events-page.js';
import { generated } from './generated.js';
import { eventTypes, registry, streams } from './index.js';

const root = join(import.meta.dirname, '../../..');
const folder = 'libs/catalogue/src/golden';
const files = readdirSync(join(root, folder));
const committed = (path: string): string => readFileSync(join(root, path), 'utf8');
const entries = files.filter((file) => /^[A-Za-z]+\.\d+\.json$/.test(file)).map((file) => ({ file, text: committed(`${folder}/${file}`) }));
const events = entries.map(({ file, text }) => ({ file, text, entry: JSON.parse(text) as Entry }));

test.each(generated(streams, eventTypes).map(({ path, text }) => [path, text]))('%s is as npm run generate writes it', (path, text) => {
  expect(committed(path)).toBe(text);
});

test('every golden entry is of a type that this release knows, and has the name of its file', () => {
  const types = new Map(eventTypes.map((type) => [type.type.normalize('NFD').replaceAll(/\p{M}/gu, ''), type]));
  expect(events.length).toBeGreaterThanOrEqual(eventTypes.length);
  for (const { file, entry } of events) {
    const [name = '', schema] = file.split('.');
    expect([file, entry.type, entry.schema]).toEqual([file, types.get(name)?.type, Number(schema)]);
  }
});

test('a file of sealed parts stands beside an entry that names them', () => {
  const named = (file: string) => events.find((one) => one.file === file.replace('.personal.json', '.json'))?.entry.personal ?? [];
  for (const file of files.filter((one) => one.endsWith('.personal.json'))) {
    const parts = Object.keys(JSON.parse(committed(`${folder}/${file}`)) as object);
    expect([file, parts.toSorted()]).toEqual([
      file,
      named(file)
        .map(({ part }) => part)
        .toSorted(),
    ]);
  }
  expect(files.filter((file) => file.endsWith('.personal.json'))).toHaveLength(events.filter(({ entry }) => entry.personal).length);
});

test.each(events.map(({ file, text, entry }) => [file, text, entry] as const))(
  '%s is canonical, and read and checked as any entry of the log',
  (_file, text, entry) => {
    expect(entryText(entry)).toBe(text);
    const type = registry.find(entry.type);
    expect(type?.check().Errors(registry.read(entry).data)).toEqual([]);
  },
);

const folds: readonly Stream<unknown, Event>[] = streams;

test.each(folds.map((stream) => [stream.name, stream] as const))('the golden entries of %s add up to a state', (_name, stream) => {
  const types = openingFirst(stream.events).map(({ type }) => type);
  const told = events
    .flatMap(({ entry }) => (types.includes(entry.type) ? [registry.read(entry)] : []))
    .toSorted((a, b) => types.indexOf(a.type) - types.indexOf(b.type));
  const state = told.reduce((so: unknown, fact: RecordedEvent) => stream.evolve(so, fact, fact), stream.initial);
  expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
  expect(state).not.toEqual(stream.initial);
});
