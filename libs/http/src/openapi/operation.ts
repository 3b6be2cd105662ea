import { schemaOf } from '#libs/fields';
import { isPaged } from '../routes/asked.js';
import { XLSX } from '../routes/file-form.js';
import { never } from '#libs/kernel';
import type { CommandRoute, EachRoute, QueryRoute, Route, UploadRoute } from '../routes/route.js';
import { operationId } from '../routes/routes.js';
import type { Schemas } from './schemas.js';

type Json = Record<string, unknown>;

const POSITION = '0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b.1207';

/** Statuses that any operation may answer, and those that only a command may. */
const ALWAYS = ['400', '401', '403', '404', '429', '500', '503'];
const COMMANDS = ['409', '412', '413', '415', '422'];

const problems = (statuses: readonly string[]): Json => Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Problem' }]));

const parameters = (path: string): readonly string[] => [...path.matchAll(/:([A-Za-z][A-Za-z0-9]*)/g)].map(([, name]) => name!);

const inPath = ({ path, shape }: Route, schemas: Schemas): readonly Json[] =>
  parameters(path).map((name) => {
    const { schema, description } = schemas.field(shape, name);
    return { name, in: 'path', required: true, description, schema };
  });

const header = (name: string, required: boolean, description: string, example: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
  example,
});

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  true,
  'New for each new action. Sent again with the same key, a request is carried out only once and gets the same answer, for 24 hours.',
  '5f0c6a52-6f4e-4f0e-9a64-0c7d3f2b1a10',
);
const DONE = { id: '0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b', revision: 7, position: POSITION };
const REVISION = { description: 'Revision of the object, for If-Match.', schema: { type: 'string' } };
const FOUND = { description: 'Where the new object is found.', schema: { type: 'string' } };

const command = (route: CommandRoute, schemas: Schemas): Json => {
  const { shape, path, example, status = 200, ifMatch } = route;
  const body = schemas.without(shape, parameters(path));
  return {
    parameters: [
      ...inPath(route, schemas),
      IDEMPOTENCY_KEY,
      header('If-Match', ifMatch === 'required', 'The ETag of what was read: refused with 412 where somebody has changed it since.', '"7"'),
    ],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body, examples: { example: { value: example } } } } } }),
    responses: {
      [status]: {
        description: 'What was done is recorded, or had been before.',
        headers: { ETag: REVISION, ...(status === 201 && { Location: FOUND }) },
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/CommandAnswer' },
            examples: { example: { value: DONE } },
          },
        },
      },
      ...problems([...ALWAYS, ...COMMANDS, ...(ifMatch === 'required' ? ['428'] : [])]),
    },
  };
};

/** A file as a body or an answer: what is not text is only told of. */
const fileContent = (mediaTypes: readonly string[]): Json =>
  Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: { type: 'string' }, examples: { example: { value: type === 'text/plain' ? 'Svar på rapport Nr 5 2020.' : '(the bytes of the file)' } } },
    ]),
  );

const upload = ({ shape, takes, example }: UploadRoute, schemas: Schemas): Json => {
  const properties = Object.fromEntries(
    schemas.names(shape).map((name) => {
      const { schema, description } = schemas.field(shape, name);
      return [name, { ...schema, description }];
    }),
  );
  return {
    parameters: [
      IDEMPOTENCY_KEY,
      {
        name: 'name',
        in: 'query',
        required: false,
        description: 'What the file is called, with its ending. It may stand in Content-Disposition instead.',
        schema: { type: 'string' },
        example: 'Svar på Nr 5 2020.pdf',
      },
      header('Content-Disposition', false, 'What the file is called (RFC 6266, RFC 5987).', "attachment; filename*=UTF-8''Svar%20p%C3%A5%20Nr%205%202020.pdf"),
      header(
        'Content-Digest',
        false,
        'SHA-256 of the file (RFC 9530): refused with 400 where it arrived otherwise.',
        'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
      ),
    ],
    requestBody: { required: true, description: 'The bytes of the file, as they are.', content: fileContent(Object.keys(takes)) },
    responses: {
      201: {
        description: 'The file is kept and recorded, or had been before.',
        headers: { ETag: REVISION, Location: FOUND },
        content: {
          'application/json': {
            schema: { allOf: [{ $ref: '#/components/schemas/CommandAnswer' }, { type: 'object', required: schemas.names(shape), properties }] },
            examples: { example: { value: { ...DONE, ...(example as object) } } },
          },
        },
      },
      ...problems([...ALWAYS, ...COMMANDS]),
    },
  };
};

const query = (route: QueryRoute, schemas: Schemas): Json => {
  const { method, shape, path, answer, example, columns, files } = route;
  const said = parameters(path);
  const asked = schemas.names(shape).filter((name) => !said.includes(name));
  const item = schemas.of(answer);
  const integer = { type: 'integer' };
  const list = {
    type: 'object',
    required: ['total', 'limit', 'offset', 'items'],
    properties: { total: integer, limit: integer, offset: integer, items: { type: 'array', items: item } },
  };
  const value = columns ? { total: 1, limit: 20, offset: 0, items: [example] } : example;
  return {
    parameters: [
      ...inPath(route, schemas),
      ...asked.map((name) => {
        const { schema, optional, description } = schemas.field(shape, name);
        return { name, in: 'query', required: !optional, description, schema };
      }),
      {
        name: 'after',
        in: 'query',
        required: false,
        description: 'The position of a command’s answer: waits until what it recorded can be seen here.',
        schema: { type: 'string' },
        example: POSITION,
      },
    ],
    responses: {
      200: {
        description: files ? 'The file, to be saved.' : columns ? 'A page of the list; as a file the whole of it.' : 'The object.',
        content: files
          ? fileContent(files)
          : {
              'application/json': { schema: columns ? list : item, examples: { example: { value } } },
              ...(columns &&
                isPaged(shape) && {
                  'text/csv': {
                    schema: { type: 'string' },
                    examples: {
                      example: {
                        value: `${Object.values(columns)
                          .map(({ sv }) => sv)
                          .join(';')}\r\n`,
                      },
                    },
                  },
                  ...fileContent([XLSX]),
                }),
            },
      },
      ...problems(method === 'GET' ? ALWAYS : [...ALWAYS, '422']),
    },
  };
};

const each = ({ shape, max, example }: EachRoute, schemas: Schemas): Json => ({
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['items'],
          additionalProperties: false,
          // Without its name: that is the same command’s whose path says a part of it.
          properties: { items: { type: 'array', minItems: 1, maxItems: max, items: schemas.of({ ...schemaOf(shape) }) } },
        },
        examples: { example: { value: example } },
      },
    },
  },
  responses: {
    200: {
      description: 'What came of each: done, or refused with its own problem. One that is refused stops no other.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/EachAnswer' },
          examples: { example: { value: { done: 1, refused: 0, position: POSITION, items: [{ object: DONE.id, done: true, ...DONE }] } } },
        },
      },
    },
    ...problems([...ALWAYS, '413', '415', '422']),
  },
});

/** One route as OpenAPI 3.1 describes it. */
export const operationOf = (route: Route, tag: string, schemas: Schemas): Json => ({
  operationId: operationId(route),
  tags: [tag],
  summary: route.summary,
  description: route.description ?? `${route.summary}.`,
  ...said(route, schemas),
});

const said = (route: Route, schemas: Schemas): Json => {
  switch (route.kind) {
    case 'command':
      return command(route, schemas);
    case 'query':
      return query(route, schemas);
    case 'upload':
      return upload(route, schemas);
    case 'each':
      return each(route, schemas);
    default:
      return never(route);
  }
};
