import { randomId, type Entry, type Instant } from '#libs/kernel';

/** Entries that a stream gets before the next is begun. */
const STREAM_LENGTH = 10;

/** Calls with the stream and the place of the next entry. */
export const onStreams = (append: (stream: string, rev: number) => Promise<unknown>) => () => {
  let stream = '';
  let rev = STREAM_LENGTH;
  return () => {
    if (rev === STREAM_LENGTH) [stream, rev] = [`order-${randomId()}`, 0];
    return append(stream, rev++);
  };
};

/** About 460 bytes: what a plan received takes. */
export const entry = (stream: string, rev: number): Entry => ({
  v: 1,
  id: randomId(),
  tenant: 'stockholm',
  stream,
  rev,
  type: 'GenomförandeplanReceived',
  schema: 1,
  at: new Date().toISOString() as Instant,
  by: { actor: 'bench', role: 'case-officer', unit: '0b5e8a3e-6f0e-5c5e-9d0a-000000000003' },
  corr: '0123456789abcdef0123456789abcdef',
  cmd: randomId(),
  data: { orderId: stream.slice(-36), version: rev, receivedOn: '2026-02-16' },
});
