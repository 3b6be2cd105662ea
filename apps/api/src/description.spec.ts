import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { apiDescription } from './description.js';

test('docs/openapi.json is what the API says of itself', async () => {
  expect(await readFile(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')).toBe(await apiDescription());
});

test('every operation is described, with examples of what goes in and what comes out, in ASCII', async () => {
  const { paths, components } = JSON.parse(await apiDescription()) as { paths: Record<string, Record<string, Operation>>; components: { schemas: object } };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, operation })),
  );
  const wanting = operations.filter(({ operation: { summary, requestBody, responses } }) => {
    const answer = responses['200'] ?? responses['201'];
    return !summary || !exampleOf(answer) || (requestBody !== undefined && !exampleOf(requestBody));
  });
  expect(operations.length).toBeGreaterThan(20);
  expect(wanting.map(({ name }) => name)).toEqual([]);
  expect(Object.keys({ ...paths, ...components.schemas }).filter((key) => !/^[\x20-\x7e]+$/.test(key))).toEqual([]);
});

/** What goes in or comes out may be a file, or one of several kinds of files. */
const exampleOf = (said: Content | undefined) => Object.values(said?.content ?? {}).find((one) => one?.examples ?? one?.example);

interface Content {
  readonly content?: Readonly<Record<string, { readonly example?: unknown; readonly examples?: unknown } | undefined>>;
}
interface Operation {
  readonly summary?: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | undefined>>;
}
