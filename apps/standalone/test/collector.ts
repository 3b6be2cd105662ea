import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** A span as it arrived. */
export interface Arrived {
  readonly service: string;
  /** The process: an id of its own. */
  readonly instance: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Takes spans in as an OpenTelemetry collector does: OTLP over HTTP, in JSON. */
export interface Collector {
  readonly url: string;
  readonly spans: readonly Arrived[];
  /** Everything that arrived, byte for byte. */
  readonly bytes: () => Buffer;
  /** Waits until some spans have arrived, for as long as the test may run. */
  until(enough: (spans: readonly Arrived[]) => boolean): Promise<readonly Arrived[]>;
  close(): Promise<void>;
}

interface Value {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Otlp {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Value[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Arrived, 'attributes' | 'service' | 'instance' | 'parentSpanId'> & {
        readonly parentSpanId?: string;
        readonly attributes?: readonly Value[];
      })[];
    }[];
  }[];
}

const valuesOf = (values: readonly Value[] = []): Readonly<Record<string, unknown>> =>
  Object.fromEntries(values.map(({ key, value }) => [key, Object.values(value)[0]]));

const spansOf = ({ resourceSpans }: Otlp): Arrived[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const about = valuesOf(resource.attributes);
    const [service, instance] = [String(about['service.name']), String(about['service.instance.id'])];
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId = '', attributes }) => ({
        service,
        instance,
        name,
        traceId,
        spanId,
        parentSpanId,
        attributes: valuesOf(attributes),
      })),
    );
  });

export async function startCollector(): Promise<Collector> {
  const spans: Arrived[] = [];
  const bodies: Buffer[] = [];
  const taken = async (request: IncomingMessage): Promise<void> => {
    const body = await buffer(request);
    bodies.push(body);
    spans.push(...spansOf(JSON.parse(body.toString()) as Otlp));
  };
  const server = createServer((request, response) => {
    void taken(request).finally(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bytes: () => Buffer.concat(bodies),
    until: async (enough) => {
      while (!enough(spans)) {
        if (!server.listening) throw new Error('The collector was closed before that was told.');
        await pause(50);
      }
      return spans;
    },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
