import { examine, isSound, type Checked, type Progress } from '#libs/backup';
import { reactions, registry, views } from '#libs/catalogue';
import { openQueueOn } from '#libs/timers';
import { wallClock } from '../../api/src/footing.js';
import type { House } from './open-house.js';

/** Examines what is kept in a house, and what this release makes of it. */
export const examineHouse = async (house: House, progress: Progress, signal?: AbortSignal): Promise<readonly Checked[]> => {
  const { redisUrl } = house.settings;
  const queue = { open: openQueueOn({ redisUrl, databaseUrl: house.workerUrl }), clock: wallClock };
  return examine({ ...house, registry, views, reactions: reactions.map(({ name }) => name), queue }, { progress, ...(signal && { signal }) });
};

/** What was found, for people: a line for each check, and beneath it what is amiss and what should be known. */
export const saysExamined = (checks: readonly Checked[]): string => {
  const lines = checks.flatMap(({ name, counted, deviations, notes }) => [
    `${deviations.count === 0 ? 'sound  ' : 'UNSOUND'} ${name}: ${counted}.`,
    ...deviations.named.map((line) => `        ${line}`),
    ...(deviations.count > deviations.named.length ? [`        … and ${deviations.count - deviations.named.length} more.`] : []),
    ...notes.map((line) => `        Note: ${line}`),
  ]);
  return [...lines, isSound(checks) ? 'Everything is sound.' : 'Not everything is sound.', ''].join('\n');
};

/** The same for a program. */
export const asJson = (checks: readonly Checked[]) => ({
  sound: isSound(checks),
  checks: checks.map(({ name, counted, numbers, deviations, notes }) => ({
    name,
    sound: deviations.count === 0,
    counted,
    numbers,
    deviations: { count: deviations.count, named: deviations.named },
    notes,
  })),
});
