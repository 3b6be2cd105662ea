import type { Migration } from '#libs/database';

/**
 * What has been answered to whom, for as long as a repeat may come. It may be lost: the log itself tells most repeats.
 * Neither what was sent nor who sent it can be read from it: only a keyed hash of it is kept.
 */
export const requestsMigration: Migration = {
  schema: 'http',
  steps: [
    `create table http.secret (
       one boolean primary key default true check (one),
       key bytea not null
     );
     insert into http.secret (key) values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

     create table http.requests (
       command uuid primary key,
       fingerprint bytea not null check (length(fingerprint) = 32),
       claim uuid not null,
       lease_until timestamptz not null,
       made_at timestamptz not null default clock_timestamp(),
       status smallint,
       headers text,
       body text,
       check ((status is null) = (headers is null) and (status is null) = (body is null))
     ) with (fillfactor = 70);
     create index requests_made_at on http.requests (made_at);

     grant usage on schema http to uppsikt_api;
     grant select on http.secret to uppsikt_api;
     grant select, insert, update, delete on http.requests to uppsikt_api;`,
  ],
};
