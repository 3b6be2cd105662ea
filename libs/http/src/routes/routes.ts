import { Controller, HttpCode, Inject, Req, RequestMapping, RequestMethod, Res, SetMetadata, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ascii } from '#libs/fields';
import { never } from '#libs/kernel';
import { GovernedBy } from '../identity/public.js';
import { TAKES_FILES } from '../serving/bodies.js';
import { CommandEndpoint } from './command.endpoint.js';
import { EachEndpoint } from './each.endpoint.js';
import { QueryEndpoint } from './query.endpoint.js';
import type { Route } from './route.js';
import { UploadEndpoint } from './upload.endpoint.js';

export const ROUTES = 'uppsikt:routes';

/** What is said of the routes of one controller in the API description. */
export interface RouteList {
  readonly path: string;
  readonly tag: string;
  readonly routes: readonly Route[];
}

/** What a route is called in the API description: by its command or query, in ASCII. */
export const operationId = (route: Route): string =>
  ascii((route.kind === 'each' ? route.body : route.shape).name).replace(/^./, (first) => first.toLowerCase());

/**
 * A controller of routes that need no code of their own: each does one command or asks one query.
 * @param path plural noun after `/api/v1`
 * @param tag heading in the API description
 */
export const routes = (path: string, tag: string, list: readonly Route[]): Type => {
  class Routes {
    constructor(
      @Inject(CommandEndpoint) readonly commands: CommandEndpoint,
      @Inject(QueryEndpoint) readonly queries: QueryEndpoint,
      @Inject(UploadEndpoint) readonly uploads: UploadEndpoint,
      @Inject(EachEndpoint) readonly each: EachEndpoint,
    ) {}

    answer(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      switch (route.kind) {
        case 'command':
          return this.commands.answer(route, request, reply);
        case 'query':
          return this.queries.answer(route, request, reply);
        case 'upload':
          return this.uploads.answer(route, request, reply);
        case 'each':
          return this.each.answer(route, request, reply);
        default:
          return never(route);
      }
    }
  }
  Object.defineProperty(Routes, 'name', { value: `${tag.replaceAll(/\P{L}/gu, '')}Routes` });
  const prototype = Routes.prototype as unknown as Record<string, (this: Routes, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>>;
  for (const route of list) {
    const name = operationId(route);
    if (Object.hasOwn(prototype, name)) throw new TypeError(`Two routes of ${path} are called ${name}.`);
    prototype[name] = function (request, reply) {
      return this.answer(route, request, reply);
    };
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
    Req()(Routes.prototype, name, 0);
    Res()(Routes.prototype, name, 1);
    RequestMapping({ path: route.path, method: RequestMethod[route.method] })(Routes.prototype, name, descriptor);
    GovernedBy(route.shape)(Routes.prototype, name, descriptor);
    if (route.kind === 'query') HttpCode(200)(Routes.prototype, name, descriptor); // also of one that is posted: it makes nothing that is found elsewhere
    if (route.kind === 'upload') RouteConfig({ [TAKES_FILES]: true })(Routes.prototype, name, descriptor);
  }
  Controller(path)(Routes);
  ApiExcludeController()(Routes); // described from the list itself, see document.ts
  SetMetadata(ROUTES, { path, tag, routes: list } satisfies RouteList)(Routes);
  return Routes;
};
