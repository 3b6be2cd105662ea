const EVERY_MS = 100;

/** Where a terminal shows how far it has come. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** A line that is written over; nothing at all where nobody looks on. */
export const progressLine = (terminal: Terminal): { readonly show: (line: string) => void; clear(): void } => {
  let shownAt = -Infinity;
  let shown = false;
  return {
    show: (line) => {
      if (!terminal.isTTY || performance.now() - shownAt < EVERY_MS) return;
      shownAt = performance.now();
      shown = true;
      terminal.write(`\r\x1B[K${line}`);
    },
    clear: () => {
      if (shown) terminal.write('\r\x1B[K');
      shown = false;
    },
  };
};
