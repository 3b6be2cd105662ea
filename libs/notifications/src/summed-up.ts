import type { Streams } from '#libs/commands';
import { lateSummaries, type LateSummaryEvent } from '#libs/timers';

type Noted = Extract<LateSummaryEvent, { type: 'LateRecordingNoted' }>['data'];

/**
 * The deadlines that a summary tells of: what was noted of its units since the summary before.
 * @param issuedBy the event that issued the summary
 * @throws TypeError when the stream does not hold it: view and log do not belong together
 */
export const summedUp = async (streams: Streams, tenant: string, stream: string, issuedBy: string): Promise<readonly string[]> => {
  const { happened } = await streams.tell(tenant, lateSummaries, stream.slice(-36));
  let waiting: Noted[] = [];
  for (const { event } of happened) {
    if (event.type === 'LateRecordingNoted') {
      waiting.push(event.data);
      continue;
    }
    const units = new Set(event.data.units);
    if (event.id === issuedBy) return [...new Set(waiting.filter(({ unit }) => units.has(unit)).map(({ deadline }) => deadline))];
    waiting = waiting.filter(({ unit }) => !units.has(unit));
  }
  throw new TypeError(`${stream} does not hold the summary that ${issuedBy} issued.`);
};
