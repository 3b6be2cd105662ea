import { call } from './call.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema?: { readonly format?: string };
}

/** One route of a served instance, as its own description tells it. */
export interface Route {
  readonly operationId: string;
  readonly method: string;
  /** `/api/v1/orders/{orderId}` */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** A body that does what the route does. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** It answers a page of a list. */
  readonly isList: boolean;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly examples: { readonly example: { readonly value: Readonly<Record<string, unknown>> } } } };
  };
}

/** Every route that an instance serves: a new one is among them by itself. */
export async function routesOf(address: string): Promise<readonly Route[]> {
  const { body } = await call(address, 'GET /api/v1/openapi.json');
  const { paths } = body as { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, parameters = [], requestBody }]) => {
      const example = requestBody?.content['application/json'].examples.example.value;
      const isList = method === 'get' && parameters.some(({ name }) => name === 'limit');
      return { operationId, method: method.toUpperCase(), path, parameters, isList, ...(example && { example }) };
    }),
  );
}

/** What is asked of a route, its object named. */
export const asked = ({ method, path }: Route, id = ''): string => `${method} ${path.replace(/\{\w+\}/, id)}`;
