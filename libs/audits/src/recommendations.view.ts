import { never } from '#libs/kernel';
import { col, rowView, sql, type Read } from '#libs/views';
import type { Addressed } from './audit.codes.js';
import { AddresseesNamed, RecommendationMade, RecommendationWithdrawn, WordingQuoted, type AuditEvent } from './audit.events.js';

type RecommendationEvent = Extract<AuditEvent, { type: 'RecommendationMade' | 'WordingQuoted' | 'AddresseesNamed' | 'RecommendationWithdrawn' }>;

/** One row per recommendation. */
export const recommendationsView = rowView({
  name: 'recommendations',
  version: 1,
  columns: {
    audit: col.uuid(),
    number: col.text(),
    wording: col.text(),
    addressees: col.json<readonly string[]>(),
    addressed: col.text<Addressed>(),
    repeats: col.optional(col.uuid()),
    repeatsAudit: col.optional(col.uuid()),
    /** How many other wordings of it have been noted. */
    quotations: col.int(),
    withdrawnOn: col.optional(col.day()),
  },
  reads: [RecommendationMade, WordingQuoted, AddresseesNamed, RecommendationWithdrawn],
  keys: ({ stream, data: { recommendation } }) => (stream.startsWith('audit-') ? recommendation : []),
  during: ['audit'],
  indexes: [['audit', 'number'], ['repeats']],
  fold: (row, event) => {
    const { type, data } = event as RecommendationEvent;
    if (type === 'RecommendationMade') {
      const { audit, number, wording, addressees, addressed, repeats = null, repeatsAudit = null } = data;
      return { audit, number, wording, addressees, addressed, repeats, repeatsAudit, quotations: 0, withdrawnOn: null };
    }
    if (!row) throw new Error(`${type} of a recommendation that was never made`);
    switch (type) {
      case 'WordingQuoted':
        return { ...row, quotations: row.quotations + 1 };
      case 'AddresseesNamed':
        return { ...row, addressees: data.boards, addressed: 'named' };
      case 'RecommendationWithdrawn':
        return { ...row, withdrawnOn: data.on };
      default:
        return never({ type, data } as never);
    }
  },
});

/** More recommendations than any report makes. */
const MANY = 1_000;

/** The recommendations of one audit, by their numbers. */
export const recommendationsOf = async (read: Read, audit: string) =>
  (await read.list(recommendationsView, { where: sql`audit = ${audit}`, order: sql`number collate "sv-SE-x-icu", key`, limit: MANY })).rows;
