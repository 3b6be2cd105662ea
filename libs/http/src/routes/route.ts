import type { TSchema } from 'typebox';
import { ListOf, type Shape } from '#libs/fields';
import type { Day, Instant, Text } from '#libs/kernel';
import type { Takes } from './upload.js';

/** The names of a path's parameters: `':orderId/goals/:goal'` has `orderId` and `goal`. */
type Parameter<P extends string> = P extends `${string}:${infer N}/${infer R}` ? N | Parameter<R> : P extends `${string}:${infer N}` ? N : never;

/** What a shape looks like as it is written in JSON. */
type Written<T> = T extends Day | Instant
  ? string
  : T extends readonly (infer I)[]
    ? readonly Written<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Written<T[K]> }
      : T;

interface Described {
  /** What it does, in a few words. */
  readonly summary: string;
  readonly description?: string;
}

export interface Doing<C, P extends string> extends Described {
  /** A body that does it. The start refuses one that the command itself would refuse. */
  readonly example: Written<Omit<C, Parameter<P>>>;
  /** 201 where it makes something new; the answer then says where in `Location`. */
  readonly status?: 200 | 201;
  /** Where the new thing is found, where that is not the path itself and its id: after `/api/v1/`. */
  readonly location?: (id: string) => string;
  /** Whether `If-Match` must say which revision was seen. */
  readonly ifMatch?: 'required';
}

export interface Asking extends Described {
  /** What the answer looks like: a shape, or a schema; of a list, that of a row. */
  readonly answer: Shape | TSchema;
  readonly example: Readonly<Record<string, unknown>>;
  /** A list: the columns of its file form (`Accept: text/csv`), by the names of a row's properties. */
  readonly columns?: Readonly<Record<string, Text>>;
  /** A file: the media types that it may be of. The answer and its example say nothing then. */
  readonly files?: readonly string[];
}

export interface Uploading<C> extends Described {
  /** The kinds of files that are taken. */
  readonly takes: Takes;
  /** What is recorded of such a file. The start refuses one that the command itself would refuse. */
  readonly example: Written<C>;
  /** Where the file is found, by the hash of its bytes: after `/api/v1/`. */
  readonly location: (sha256: string) => string;
}

interface Routed {
  readonly path: string;
  readonly shape: Shape;
}
export interface CommandRoute extends Routed, Omit<Doing<unknown, string>, 'example'> {
  readonly kind: 'command';
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly example: unknown;
}
export interface QueryRoute extends Routed, Asking {
  readonly kind: 'query';
  readonly method: 'GET' | 'POST';
}
export interface UploadRoute extends Routed, Omit<Uploading<unknown>, 'example'> {
  readonly kind: 'upload';
  readonly method: 'POST';
  readonly example: unknown;
}
export interface EachRoute extends Routed, Described {
  readonly kind: 'each';
  readonly method: 'POST';
  /** What its body holds: some of the commands. */
  readonly body: Shape<{ readonly items: readonly object[] }>;
  readonly max: number;
  readonly example: unknown;
}
export type Route = CommandRoute | QueryRoute | UploadRoute | EachRoute;

/** A path compiles only where each of its parameters is a property of the shape. */
type Fits<C extends object, P extends string> = Parameter<P> extends keyof C ? Shape<C> : never;

/**
 * A route that does something: path and body together are the command.
 * @param path after that of its controller
 */
export const does = <C extends object, const P extends string>(
  method: CommandRoute['method'],
  path: P,
  command: Shape<C> & Fits<C, P>,
  doing: Doing<C, P>,
): CommandRoute => ({
  kind: 'command',
  method,
  path,
  shape: command,
  ...doing,
});

/**
 * A route that answers a question: path and parameters together are the query.
 * Every one of them also takes `after`, the position of a command's answer that the views must have.
 */
export const asks = <Q extends object, const P extends string>(path: P, query: Shape<Q> & Fits<Q, P>, asking: Asking): QueryRoute => ({
  kind: 'query',
  method: 'GET',
  path,
  shape: query,
  ...asking,
});

/**
 * A route that does many things of one kind, as many as what it is told of asks for: an import. Its parameters are a question, its answer tells
 * what came of each. Its commands have ids that follow from what they say, so that the same request twice has one effect, without a key.
 */
export const runs = <Q extends object, const P extends string>(path: P, query: Shape<Q> & Fits<Q, P>, asking: Asking): QueryRoute => ({
  ...asks(path, query, asking),
  method: 'POST',
});

export interface DoingEach<C> extends Described {
  /** Some commands. The start refuses one that the command itself would refuse. */
  readonly example: readonly Written<C>[];
  /** The most commands of one request. */
  readonly max: number;
}

/**
 * A route that does the same to many objects at once: `{"items": […]}`, each a whole command. Each has an outcome of its own,
 * as it would have had by itself; the answer is 200 also where some were refused. Who does more sends several requests and shows how far they have come.
 */
export const doesEach = <C extends object>(path: string, command: Shape<C>, { max, ...doing }: DoingEach<C>): EachRoute => {
  class Each {
    items!: object[];
  }
  ListOf(() => command as Shape, { min: 1, max })(Each.prototype, 'items');
  Object.defineProperty(Each, 'name', { value: `Each${command.name}` });
  return { kind: 'each', method: 'POST', path, shape: command, body: Each, max, ...doing, example: { items: doing.example } };
};

/** What a command that records a file says of it. */
interface Filed {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly name: string;
}

/**
 * A route that takes a file as its body. Its bytes are kept first, then the command records them.
 * @param command takes what is known of the file, and nothing else
 */
export const uploads = <C extends Filed>(path: string, command: Shape<C>, uploading: Uploading<C>): UploadRoute => ({
  kind: 'upload',
  method: 'POST',
  path,
  shape: command,
  ...uploading,
});
