import type { MoveProgress } from '#libs/event-log';

const WIDTH = 30;
const EVERY_MS = 100;

/** Where a terminal shows how far it has come. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** A line that is written over; nothing at all where nobody looks on. */
export const progressBar = (terminal: Terminal): { show(progress: MoveProgress): void; clear(): void } => {
  const began = performance.now();
  let shownAt = -Infinity;
  let shown = false;
  return {
    show: (progress) => {
      if (!terminal.isTTY || performance.now() - shownAt < EVERY_MS) return;
      shownAt = performance.now();
      shown = true;
      terminal.write(`\r\x1B[K${barOf(progress, (performance.now() - began) / 1_000)}`);
    },
    clear: () => {
      if (shown) terminal.write('\r\x1B[K');
      shown = false;
    },
  };
};

/** Positions of one log grow with what lies before them: by entries, or by bytes. */
const barOf = ({ entries, at, end, closed }: MoveProgress, seconds: number): string => {
  const share = end > 0n ? Math.min(Number((at * 1_000n) / end) / 1_000, 1) : 1;
  const done = Math.round(share * WIDTH);
  const perSecond = Math.round(entries / Math.max(seconds, 0.001));
  return `[${'#'.repeat(done)}${' '.repeat(WIDTH - done)}] ${(share * 100).toFixed(1)} %  ${entries} entries, ${perSecond}/s${closed ? '  (the source is closed)' : ''}`;
};
