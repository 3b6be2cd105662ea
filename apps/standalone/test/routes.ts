import { call } from './call.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
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
  /** Whatever its body says may be left out. */
  readonly mayBeEmpty: boolean;
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
      readonly 'application/json'?: {
        readonly schema: { readonly $ref?: string };
        readonly examples: { readonly example: { readonly value: Readonly<Record<string, unknown>> } };
      };
      readonly 'text/plain'?: { readonly examples: { readonly example: { readonly value: string } } };
    };
  };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required?: readonly string[] }>> };
}

/** Every route that an instance serves: a new one is among them by itself. */
export async function routesOf(address: string): Promise<readonly Route[]> {
  const { body } = await call(address, 'GET /api/v1/openapi.json');
  const { paths, components } = body as Description;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, parameters = [], requestBody }]) => {
      const json = requestBody?.content['application/json'];
      const example = json?.examples.example.value;
      const { required = [] } = components.schemas[json?.schema.$ref?.replace(/^.*\//, '') ?? ''] ?? {};
      const mayBeEmpty = required.length === 0;
      const file = requestBody?.content['text/plain']?.examples.example.value;
      const isList = method === 'get' && parameters.some(({ name }) => name === 'limit');
      return {
        operationId,
        method: method.toUpperCase(),
        path,
        parameters,
        isList,
        mayBeEmpty,
        ...(example && { example }),
        ...(file !== undefined && { file }),
      };
    }),
  );
}

/**
 * What is asked of a route, its object named; with what it cannot be asked without, and a file, where it takes one.
 * @param and what its address names within the object, by parameter; the same as the object where left out
 */
export const asked = ({ method, path, file, parameters }: Route, id = '', and: Readonly<Record<string, string>> = {}): string => {
  const named = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((so, { name }, nth) => so.replace(`{${name}}`, nth === 0 ? id : (and[name] ?? id)), path);
  const must = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${schema?.format === 'date' ? '2020-01-01' : '0'.repeat(64)}`);
  const added = [...must, ...(file === undefined ? [] : ['name=svar.txt'])].join('&');
  return `${method} ${named}${added && '?'}${added}`;
};
