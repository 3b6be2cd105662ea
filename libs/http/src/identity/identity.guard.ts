import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Identities, signInRequired, type Identity } from './identity.js';
import { PUBLIC } from './public.js';

/** Nobody gets in without saying who they are, unless the route says that anyone may. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Identities) private readonly identities: Identities,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<string | undefined>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    if (context.switchToHttp().getRequest<FastifyRequest>().identity) return true;
    throw signInRequired(this.identities);
  }
}

/** Who sends a request that the guard has let in. */
export const identityOf = ({ identity }: FastifyRequest): Identity => {
  if (!identity) throw new TypeError('Nobody is known on this route: it is public.');
  return identity;
};
