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
  /** Its body is a file, such as this text. */
  readonly file?: string;
  /** It answers a page of a list. */
  readonly isList: boolean;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json'?: { readonly examples: { readonly example: { readonly value: Readonly<Record<string, unknown>> } } };
      readonly 'text/plain'?: { readonly examples: { readonly example: { readonly value: string } } };
    };
  };
}

/** Every route that an instance serves: a new one is among them by itself. */
export async function routesOf(address: string): Promise<readonly Route[]> {
  const { body } = await call(address, 'GET /api/v1/openapi.json');
  const { paths } = body as { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, parameters = [], requestBody }]) => {
      const example = requestBody?.content['application/json']?.examples.example.value;
      const file = requestBody?.content['text/plain']?.examples.example.value;
      const isList = method === 'get' && parameters.some(({ name }) => name === 'limit');
      return { operationId, method: method.toUpperCase(), path, parameters, isList, ...(example && { example }), ...(file !== undefined && { file }) };
    }),
  );
}

/** What is asked of a route, its object named; and a file, where it takes one. */
export const asked = ({ method, path, file }: Route, id = ''): string =>
  `${method} ${path.replace(/\{\w+\}/, id)}${file === undefined ? '' : '?name=svar.txt'}`;
