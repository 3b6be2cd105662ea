import type { Pool } from 'pg';
import type { Ready } from '../problem/told.js';

/** How long an answer is kept. */
export const KEEP_HOURS = 24;

/** A request that wants to be the one that is carried out. */
export interface Claim {
  readonly command: string;
  readonly fingerprint: Buffer;
  readonly claim: string;
}

/** Whether it is; and where another was, whether that asked the same, and its answer if there is one. */
export interface Found {
  readonly won: boolean;
  readonly same: boolean | undefined;
  readonly ready: Ready | undefined;
}

/** A claim that has ended, with its answer or, where none may be kept, without. */
export interface Finished {
  readonly command: string;
  readonly claim: string;
  readonly ready: Ready | undefined;
}

// In the order of their ids, so that two processes with the same requests wait for each other one way round.
// A row that another process commits while this runs is refused as a conflict but not seen by the last select: neither won nor same, so ask again.
const CLAIM = `
  with asked as (select * from unnest($1::uuid[], $2::bytea[], $3::uuid[]) with ordinality a(command, fingerprint, claim, i)),
  won as (
    insert into http.requests as r (command, fingerprint, claim, lease_until)
    select command, fingerprint, claim, clock_timestamp() + $4 * interval '1 millisecond' from asked order by command
    on conflict (command) do update
      set fingerprint = excluded.fingerprint, claim = excluded.claim, lease_until = excluded.lease_until, made_at = excluded.made_at, status = null, headers = null, body = null
      where (r.status is null and r.lease_until < clock_timestamp() and r.fingerprint = excluded.fingerprint)
         or r.made_at < clock_timestamp() - interval '${KEEP_HOURS} hours'
    returning r.claim)
  select a.claim in (select claim from won) as won, r.fingerprint = a.fingerprint as same, r.status, r.headers, r.body
  from asked a left join http.requests r using (command)
  order by a.i`;

const FINISH = `
  with done as (select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::text[]) d(command, claim, status, headers, body)),
  mine as (select r.command from http.requests r join done d using (command, claim) order by r.command for update of r)
  update http.requests r
  set status = d.status, headers = d.headers, body = d.body, lease_until = case when d.status is null then '-infinity' else r.lease_until end
  from done d where r.command in (select command from mine) and r.command = d.command`;

interface Row {
  readonly won: boolean;
  readonly same: boolean | null;
  readonly status: number | null;
  readonly headers: string | null;
  readonly body: string | null;
}

/** Claims several requests, each with an id of its own, in one statement. */
export const claim = async (pool: Pool, claims: readonly Claim[], leaseMs: number): Promise<readonly Found[]> => {
  const { rows } = await pool.query<Row>({
    name: 'requests-claim',
    text: CLAIM,
    values: [claims.map(({ command }) => command), claims.map(({ fingerprint }) => fingerprint), claims.map((one) => one.claim), leaseMs],
  });
  return rows.map(({ won, same, status, headers, body }) => ({
    won,
    same: same ?? undefined,
    ready: status === null || headers === null || body === null ? undefined : { status, headers: JSON.parse(headers) as Ready['headers'], body },
  }));
};

/**
 * Keeps answers, and lets go of claims without one, in one statement. A claim that was taken over meanwhile is left alone.
 * One let go stays, so that the same request may try again and no other can take its id.
 */
export const finish = async (pool: Pool, finished: readonly Finished[]): Promise<readonly void[]> => {
  await pool.query({
    name: 'requests-finish',
    text: FINISH,
    values: [
      finished.map(({ command }) => command),
      finished.map(({ claim: mine }) => mine),
      finished.map(({ ready }) => ready?.status ?? null),
      finished.map(({ ready }) => (ready ? JSON.stringify(ready.headers) : null)),
      finished.map(({ ready }) => ready?.body ?? null),
    ],
  });
  return finished.map(() => undefined);
};
