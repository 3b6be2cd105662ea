import { Compile } from 'typebox/compile';
import { Entry } from '#libs/kernel';
import { LogRefused } from './event-log.js';

const tenants = Compile(Entry.properties.tenant);
const streams = Compile(Entry.properties.stream);

/** @throws LogRefused where no stream can be called so */
export const checkStream = (tenant: string, stream: string): void => {
  if (!tenants.Check(tenant) || !streams.Check(stream)) throw new LogRefused(`No stream can be called ${JSON.stringify(stream)} of ${JSON.stringify(tenant)}.`);
};

/** @throws RangeError where a page cannot hold so many */
export const checkMax = (max: number): void => {
  if (!(max >= 1)) throw new RangeError(`At least one entry must be asked for, not ${max}.`);
};
