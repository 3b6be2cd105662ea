import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { routeListsOf } from '../routes/rows.js';
import type { About } from '../serving/about.js';
import { DOCS } from '../serving/security.js';
import { operationOf } from './operation.js';
import { Schemas } from './schemas.js';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', description: 'The kind of problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong and what to do, in Swedish or English by Accept-Language.' },
    instance: { type: 'string', description: 'The path that was asked.' },
    code: { type: 'string', description: 'Stable: programs may rely on it.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string', description: 'JSON pointer (RFC 6901).' }, detail: { type: 'string' } },
      },
    },
  },
};

const PROBLEM_EXAMPLE = {
  type: '/problems/shape.invalid',
  title: 'Begäran går inte att förstå',
  status: 400,
  detail: 'Det som skickades har inte den form som väntas; errors säger vad och var.',
  instance: '/api/v1/orders',
  code: 'shape.invalid',
  errors: [{ pointer: '/sentOn', detail: 'Skriv en dag i kalendern som ÅÅÅÅ-MM-DD, från 1900 till 2199.' }],
};

const COMMAND_ANSWER = {
  type: 'object',
  required: ['id', 'revision', 'position'],
  properties: {
    id: { type: 'string', format: 'uuid', description: 'The object that the command concerned or made.' },
    revision: { type: 'integer', description: 'How far the object’s history has come.' },
    position: { type: 'string', description: 'Where the log stood: given as `after`, a question waits until it can see what was done.' },
  },
};

const EACH_ANSWER = {
  type: 'object',
  required: ['done', 'refused', 'items'],
  properties: {
    done: { type: 'integer', description: 'How many are recorded, or had been before.' },
    refused: { type: 'integer' },
    position: { type: 'string', description: 'The latest position of those done: given as `after`, a question waits until it can see them all.' },
    items: {
      type: 'array',
      description: 'In the order they were sent.',
      items: {
        type: 'object',
        required: ['object', 'done'],
        properties: {
          object: { type: 'string', format: 'uuid', description: 'The object that the command concerned.' },
          done: { type: 'boolean' },
          id: { type: 'string', format: 'uuid' },
          revision: { type: 'integer' },
          position: { type: 'string' },
          problem: { $ref: '#/components/schemas/Problem' },
        },
      },
    },
  },
};

/** The API as OpenAPI 3.1: from the lists of routes, and from what controllers written by hand say of themselves. */
const describe = (app: NestFastifyApplication, { version }: About): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Uppsikt')
    .setDescription('Follows what a city has ordered, agreed and been advised to do, until it is done.')
    .setVersion(version)
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/en/')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'An access token of the municipality’s OpenID provider. Whoever holds several roles says in which one a request is made: `Uppsikt-Role: role=<role>; unit=<id of the unit>`.',
      },
      'token',
    )
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'Uppsikt-Person', description: 'For trying things out on the machine itself: the id of a sample person.' },
      'person',
    )
    .addSecurityRequirements('token')
    .addSecurityRequirements('person')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = new Schemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, tag, routes } of routeListsOf(app))
    for (const route of routes) {
      const address = `/api/v1/${path}/${route.path}`.replace(/\/$/, '').replaceAll(/:([A-Za-z][A-Za-z0-9]*)/g, '{$1}');
      (paths[address] ??= {})[route.method.toLowerCase()] = operationOf(route, tag, schemas);
    }
  const all = Object.entries({ ...document.paths, ...paths }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const components = Object.fromEntries(
    Object.entries({ ...schemas.components, Problem: PROBLEM, CommandAnswer: COMMAND_ANSWER, EachAnswer: EACH_ANSWER }).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    ),
  );
  return {
    ...document,
    paths: Object.fromEntries(all),
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...components },
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples: { example: { value: PROBLEM_EXAMPLE } } } },
        },
      },
    },
  };
};

/** Serves the description at `/api/v1/openapi.json`, and for people at `/api/docs`. */
export const serveDescription = (app: NestFastifyApplication, about: About): void =>
  SwaggerModule.setup(DOCS, app, () => describe(app, about), { jsonDocumentUrl: 'api/v1/openapi.json', raw: ['json'], customSiteTitle: 'Uppsikt API' });

/** The same as it is committed: `docs/openapi.json`. */
export const descriptionText = (app: NestFastifyApplication, about: About): string => `${JSON.stringify(describe(app, about), null, 2)}\n`;
