import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { useCaseOf, whoMayAsk } from '#libs/commands';
import { BadShape, fieldsOf, read, type Shape } from '#libs/fields';
import { PUBLIC, ROW } from '../identity/public.js';
import { ROUTES, type RouteList } from './routes.js';

const metadata = (key: string, target: object): unknown => Reflect.getMetadata(key, target);

/** Every controller of an application. */
const controllersOf = (app: INestApplication): readonly object[] =>
  [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => (typeof metatype === 'function' ? [metatype] : [])),
  );

/** The routes that controllers list, in the order of their modules. */
export const routeListsOf = (app: INestApplication): readonly RouteList[] =>
  controllersOf(app).flatMap((controller) => (metadata(ROUTES, controller) as RouteList | undefined) ?? []);

const hasRow = (shape: Shape) => useCaseOf(shape) !== undefined || whoMayAsk(shape) !== undefined;

/**
 * Holds every route against the table of who may: the lines `handles(…)` of commands, and `answers(…)` of queries.
 * @throws TypeError naming each route without a row, and each example that its own command would refuse
 */
export const assertEveryRouteHasARow = (app: INestApplication): void => {
  const rowless = controllersOf(app).flatMap((controller) => handlersOf(controller).filter(({ row, isPublic }) => !isPublic && !(row && hasRow(row))));
  const faults = [
    ...rowless.map(({ name }) => `${name} has no row that says who may: add a line to its module, or mark it @Public('why').`),
    ...routeListsOf(app).flatMap(wrongExamples),
  ];
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
};

const handlersOf = (controller: object) => {
  const { prototype, name } = controller as { prototype: Record<string, object>; name: string };
  return Object.getOwnPropertyNames(prototype).flatMap((key) => {
    const handler = prototype[key];
    const path = key !== 'constructor' && typeof handler === 'function' ? (metadata(PATH_METADATA, handler) as string | undefined) : undefined;
    if (handler === undefined || path === undefined) return [];
    const method = RequestMethod[metadata(METHOD_METADATA, handler) as RequestMethod];
    return [
      {
        name: `${method} ${metadata(PATH_METADATA, controller) as string}/${path} (${name}.${key})`,
        isPublic: metadata(PUBLIC, handler) !== undefined || metadata(PUBLIC, controller) !== undefined,
        row: metadata(ROW, handler) as Shape | undefined,
      },
    ];
  });
};

const ANY_ID = '0192f0c1-7c52-7d3a-9a3e-2b7c4e5f6a7b';
const ANY_HASH = '0'.repeat(64);

const wrongExamples = ({ path, routes }: RouteList): readonly string[] =>
  routes.flatMap((route) => {
    if (route.kind === 'query') return [];
    const shape: Shape = route.kind === 'each' ? route.body : route.shape;
    const fields = fieldsOf(shape);
    const named = [...route.path.matchAll(/:([A-Za-z][A-Za-z0-9]*)/g)].map(([, name]) => name ?? '');
    const parameters = Object.fromEntries(named.map((name) => [name, 'pattern' in (fields.get(name)?.schema ?? {}) ? ANY_HASH : ANY_ID]));
    try {
      read(shape, { ...(route.example as object), ...parameters });
      return [];
    } catch (error) {
      return error instanceof BadShape ? [`The example of ${route.method} ${path}/${route.path} would be refused: ${error.message}`] : [String(error)];
    }
  });
