import type { FastifyRequest } from 'fastify';
import { BadShape, fieldsOf, fromParameters, read, type Fault, type Shape } from '#libs/fields';

const differs = (name: string): Fault => ({
  pointer: `/${name}`,
  detail: {
    sv: 'Står annorlunda i adressen. Ta bort det här, eller skriv samma.',
    en: 'Stands differently in the address. Take it away here, or write the same.',
  },
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Path and content as one. Content that is no object is left for the shape to refuse. */
const together = (path: Readonly<Record<string, string>>, content: unknown): unknown => {
  if (!isObject(content)) return content;
  const faults = Object.entries(path).flatMap(([name, value]) => {
    const said = Object.hasOwn(content, name) ? content[name] : value;
    return typeof said === 'string' && said.toLowerCase() === value.toLowerCase() ? [] : [differs(name)];
  });
  if (faults.length > 0) throw new BadShape(faults);
  return { ...content, ...path };
};

const pathParameters = ({ params }: FastifyRequest): Readonly<Record<string, string>> => (params ?? {}) as Record<string, string>;

/**
 * The command of a request: its path and body. No body at all is an empty one.
 * @throws BadShape
 */
export const commandOf = <C extends object>(shape: Shape<C>, request: FastifyRequest): C =>
  read(shape, together(pathParameters(request), request.body === undefined ? {} : request.body));

/**
 * The query of a request: its path and parameters, but for those that concern every query alike.
 * @throws BadShape
 */
export const queryOf = <Q extends object>(shape: Shape<Q>, request: FastifyRequest): Q => {
  const { after: _, ...parameters } = request.query as Record<string, unknown>;
  return read(shape, together(pathParameters(request), fromParameters(shape, parameters)));
};

/** Whether a list is asked for: such a query has a page. */
export const isPaged = (shape: Shape): boolean => fieldsOf(shape).has('limit');
