import { Refusal } from '#libs/kernel';
import { histogram, SECONDS, secondsSince, traced } from '#libs/telemetry';
import type { Context } from './context.js';

const seconds = histogram('uppsikt_command_seconds', 'From a command to its answer: reading, deciding, appending.', SECONDS, ['outcome']);

const isFault = (error: unknown): boolean => !(error instanceof Refusal);

/** A command, timed and traced as part of its chain. */
export const observed = async <T>(name: string, { corr, tenant, caus }: Context, work: () => Promise<T>): Promise<T> => {
  const began = performance.now();
  let outcome = 'failed';
  try {
    const attributes = { 'uppsikt.tenant': tenant, ...(caus !== undefined && { 'uppsikt.caused_by': caus }) };
    const answer = await traced(`command ${name}`, { corr, attributes, isFault }, work);
    outcome = 'done';
    return answer;
  } catch (error) {
    if (!isFault(error)) outcome = 'refused';
    throw error;
  } finally {
    seconds.observe({ outcome }, secondsSince(began));
  }
};
