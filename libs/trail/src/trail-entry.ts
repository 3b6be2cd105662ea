import type { Position } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import { sql, verbatim, type Read, type Sql } from '#libs/views';
import { TABLE } from './trail-name.js';

/** One entry as the trail shows it. Its label is `EventRegistry.label`; its personal parts are read from the stream, by whoever may. */
export interface TrailEntry {
  readonly position: Position;
  /** Counted within the tenant, from 0. */
  readonly number: number;
  readonly stream: string;
  readonly rev: number;
  readonly type: string;
  readonly schema: number;
  readonly at: Instant;
  /** The running maximum of `at`: what `asOf` goes by. */
  readonly recorded: Instant;
  readonly actor: string;
  readonly role: string;
  readonly unit: string;
  readonly inSteadOf: string | null;
  readonly corr: string;
  readonly caus: string | null;
  readonly id: string;
  readonly cmd: string;
  readonly basis: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** The trail of the tenant that is read for. */
export const TRAIL: Sql = verbatim(`views.${TABLE}_of_tenant`);
export const FIELDS: Sql = verbatim(
  't.position, t.number, t.stream, t.rev, t.type, t.schema, t.at, t.recorded, t.actor, t.role, t.unit, t.in_stead_of as "inSteadOf", t.corr, t.caus, t.id, t.cmd, t.basis, t.data',
);

/** One entry by its own id: the cause that another one links to. */
export const trailEntry = async (read: Read, id: string): Promise<TrailEntry | undefined> => {
  const [entry] = await read.query<TrailEntry>(sql`select ${FIELDS} from ${TRAIL} t where id = ${id} and position <= ${latest(read)}`);
  return entry;
};

/** The entry of the tenant that stands at a position; undefined where none does. */
export const entryAt = async (read: Read, position: Position): Promise<TrailEntry | undefined> => {
  const [entry] = await read.query<TrailEntry>(sql`select ${FIELDS} from ${TRAIL} t where position = ${position.toString()}::bigint`);
  return entry;
};

/**
 * The last position of the tenant that was recorded at or before an instant: what `asOf` reads at.
 * The position before everything where nothing was recorded yet.
 */
export const positionAt = async (read: Read, instant: Instant): Promise<Position> => {
  const found = await read.query<{ position: Position }>(
    sql`select position from ${TRAIL} where recorded <= ${instant} order by recorded desc, position desc limit 1`,
  );
  return found[0]?.position ?? (0n as Position);
};

/** The last position that a read may see. */
export const latest = ({ at }: Read): string => (at ?? 9_223_372_036_854_775_807n).toString();
