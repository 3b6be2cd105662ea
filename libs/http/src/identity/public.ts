import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Shape } from '#libs/fields';

export const PUBLIC = 'uppsikt:public';
export const ROW = 'uppsikt:row';

/** A route that anyone may ask without signing in. The reason is said where the exception is made. */
export const Public = (why: string): CustomDecorator => SetMetadata(PUBLIC, why);

/** A route written by hand, governed by the row of a command or query: who may is said there. Those of `routes()` need it not. */
export const GovernedBy = (shape: Shape): CustomDecorator => SetMetadata(ROW, shape);
