import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { ANNA, BO, CAJSA, SampleModule } from './http.samples.js';
import { Metrics } from '#libs/telemetry';
import { descriptionText, Health } from './index.js';
import { about, serveSample, without, type Served } from './served.samples.js';

interface Content {
  readonly schema: object;
  readonly example?: object;
  readonly examples?: Record<string, object>;
}
interface Operation {
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Record<string, Content> };
  readonly responses: Record<string, { readonly content?: Record<string, Content> }>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

let served: Served;
beforeAll(async () => {
  served = await serveSample();
});
afterAll(() => served.close());

const ask: Served['ask'] = (path, asked) => served.ask(path, asked);
const policyOf = async (path: string) => (await ask(path)).headers.get('content-security-policy');
const described = async () => JSON.parse((await ask('/api/v1/openapi.json')).text) as Description;

describe('what the service says of itself', () => {
  test('is public', async () => {
    const anyone = { headers: without('uppsikt-person') };
    const info = await ask('/api/v1/api-info', anyone);
    expect(info.json).toEqual({ apiName: 'uppsikt-api', apiVersion: '1.0.0', apiReleased: '2026-11-22', apiDocumentation: '/api/docs', apiStatus: 'active' });
    expect((await ask('/health/live', anyone)).json).toEqual({ status: 'ok' });
    expect((await ask('/api/docs', anyone)).text).toContain('swagger-ui');
    const parts = await Promise.all(['swagger-ui-init.js', 'swagger-ui-bundle.js', 'swagger-ui.css'].map((part) => ask(`/api/docs/${part}`, anyone)));
    expect(parts.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('is that it is not ready while a part of it is not well', async () => {
    const health = served.app.get(Health);
    health.add('log', () => Promise.resolve());
    expect((await ask('/health/ready')).json).toEqual({ status: 'ok', checks: { log: 'ok' } });
    health.add('queue', () => Promise.reject(new Error('secret')));
    const { status, text } = await ask('/health/ready');
    expect([status, JSON.parse(text)]).toEqual([503, { status: 'failed', checks: { log: 'ok', queue: 'failed' } }]);
  });

  test('is numbers for Prometheus, those that cannot be had left out', async () => {
    const metrics = served.app.get(Metrics);
    metrics.add({ name: 'uppsikt_behind', help: 'How far.', type: 'gauge', read: () => [{ labels: { view: 'a "b"\n' }, value: 3 }] });
    metrics.add({ name: 'uppsikt_lost', help: 'Lost.', type: 'gauge', read: () => Promise.reject(new Error('gone')) });
    const { headers, text } = await ask('/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('# HELP uppsikt_behind How far.\n# TYPE uppsikt_behind gauge\nuppsikt_behind{view="a \\"b\\"\\n"} 3\n');
    expect(text).not.toMatch(/^uppsikt_lost/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  test('lets a browser run nothing but its own scripts, and styles of elements only where the API is read about', async () => {
    expect(await policyOf('/api/v1/orders')).toMatch(/script-src 'self';.*style-src 'self'/);
    expect(await policyOf('/api/docs')).toMatch(/script-src 'self';.*style-src 'self' 'unsafe-inline'/);
    expect(await policyOf('/api/v1/orders')).not.toMatch(/unsafe|upgrade-insecure/);
  });
});

describe('the API description', () => {
  test('is OpenAPI 3.1, and the same text each time', async () => {
    expect((await described()).openapi).toBe('3.1.0');
    expect(descriptionText(served.app, about)).toBe(descriptionText(served.app, about));
    expect(JSON.parse(descriptionText(served.app, about))).toEqual(await described());
  });

  test('has a description, and examples of request and answer, for every operation', async () => {
    const operations = Object.values((await described()).paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThanOrEqual(7);
    for (const { description, requestBody, responses } of operations) {
      expect(description).toMatch(/\S/);
      const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
      const contents = [requestBody, success].flatMap((part) => Object.values(part?.content ?? {}));
      expect(contents.length).toBeGreaterThan(0);
      expect(contents.filter(({ example, examples }) => !example && !examples)).toEqual([]);
    }
  });

  test('is ASCII where it is addressed, and a body leaves out what the path says', async () => {
    const { paths, components } = await described();
    const keys = [...Object.keys(paths), ...Object.keys(components.schemas)];
    expect(keys).toContain('/api/v1/orders/{orderId}/genomforande');
    expect(keys.filter((key) => !/^[\x21-\x7e]+$/.test(key))).toEqual([]);
    const { parameters, requestBody } = paths['/api/v1/orders/{orderId}/genomforande']!.post!;
    expect(parameters.map(({ name, in: where, required }) => [name, where, required])).toEqual([
      ['orderId', 'path', true],
      ['Idempotency-Key', 'header', true],
      ['If-Match', 'header', false],
    ]);
    expect(requestBody?.content['application/json']?.schema).toEqual({ $ref: '#/components/schemas/EndGenomforande' });
    expect(components.schemas.EndGenomforande).toMatchObject({
      required: ['endedOn'],
      properties: { endedOn: { format: 'date' } },
      additionalProperties: false,
    });
  });

  test('says what a question takes', async () => {
    const { parameters } = (await described()).paths['/api/v1/orders']!.get!;
    expect(parameters.map(({ name }) => name)).toEqual(['asOf', 'limit', 'offset', 'name', 'after']);
  });
});

describe('too many requests', () => {
  test('of one person are answered 429, those of another are not; of a municipality none of its own', async () => {
    const limited = await served.another(SampleModule, { rates: { perUser: 2, perTenant: 4 } });
    try {
      const at = await limited.getUrl();
      const one = (as: string) => ask('/api/v1/orders', { as, at });
      const first = await one(ANNA);
      expect([first.status, first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([200, '2', '1']);
      await one(ANNA);
      const third = await one(ANNA);
      expect([third.status, third.json.code, Number(third.headers.get('retry-after')) > 0]).toEqual([429, 'rate.exceeded', true]);
      expect((await one(`${BO}; role=auditor`)).status).toBe(200);
      const fifth = await one(`${BO}; role=auditor`);
      expect([fifth.status, fifth.json.code, Number(fifth.headers.get('retry-after')) > 0]).toEqual([429, 'rate.exceeded', true]);
      expect((await one(CAJSA)).status).toBe(200);
      expect((await ask('/health/live', { at })).status).toBe(200);
    } finally {
      await limited.close();
    }
  });
});

test('an app with a route that nobody says who may does not start', async () => {
  @Controller('loose')
  class Loose {
    @Get('end')
    end(): string {
      return 'x';
    }
  }
  @Module({ imports: [SampleModule], controllers: [Loose], exports: [SampleModule] })
  class WithLoose {}
  await expect(served.another(WithLoose)).rejects.toThrow('GET loose/end (Loose.end) has no row that says who may');
});
