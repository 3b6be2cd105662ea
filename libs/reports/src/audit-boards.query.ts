import { Type } from 'typebox';
import { auditsView, noSuchAudit, obligationCountFields, obligationsView, referralsView } from '#libs/audits';
import type { Asking, Executor, Moments, Reach, Streams } from '#libs/commands';
import { Id, ListQuery } from '#libs/fields';
import { DayType, IdType, type Day, type Text } from '#libs/kernel';
import { all, sql, type Views } from '#libs/views';
import { countsOf, judgedOf } from './counts.js';
import { registerThen } from './register-then.js';

/** How each board stands with one report. */
export class AuditBoards extends ListQuery {
  @Id('The audit.') audit!: string;
}

const judgements = {
  judgedMet: Type.Integer(),
  judgedInPart: Type.Integer(),
  judgedNotMet: Type.Integer(),
  judgedNoLongerRelevant: Type.Integer(),
  notYetJudged: Type.Integer({ description: 'Which is normal, and may last years.' }),
};
export const AuditBoardRow = Type.Object({
  board: IdType('The board, as it was called when the report was handed over.'),
  boardName: Type.String(),
  holder: IdType('The board that holds it on the day of looking.'),
  holderName: Type.String(),
  referral: Type.String({ description: 'for-reply, possible-reply, information; none: not handed over to it.' }),
  receivedOn: Type.Optional(DayType('The day it came in; left out where it is unknown.')),
  registryNumber: Type.Optional(Type.String()),
  reply: Type.String({ description: 'awaited, proposed, given or not-expected; none-known: nothing is known of one.' }),
  replyDueOn: Type.Optional(DayType('The last day that holds.')),
  repliedOn: Type.Optional(DayType('The day the reply was given.')),
  replyLate: Type.Boolean(),
  ...obligationCountFields,
  ...judgements,
});

const name = (sv: string, en: string): Text => ({ sv, en });
/** The list as a file: its columns in their order. */
export const auditBoardColumns = {
  boardName: name('Nämnd', 'Board'),
  holderName: name('Ligger hos', 'Held by'),
  referral: name('Överlämnad för', 'Handed over for'),
  receivedOn: name('Mottagen', 'Received'),
  registryNumber: name('Nämndens diarienummer', 'Registry number of the board'),
  reply: name('Svar', 'Reply'),
  replyDueOn: name('Sista svarsdag', 'Last day for the reply'),
  repliedOn: name('Svar lämnat', 'Reply given'),
  replyLate: name('Svar försenat', 'Reply late'),
  received: name('Rekommendationer', 'Recommendations'),
  implemented: name('Genomförda', 'Implemented'),
  open: name('Öppna', 'Open'),
  pastPromisedDay: name('Efter utlovad dag', 'Past the promised day'),
  pastLastDay: name('Efter sista dag', 'Past the last day'),
  undated: name('Utan dag', 'Undated'),
  judgedMet: name('Bedömda uppfyllda', 'Judged met'),
  judgedInPart: name('Bedömda delvis uppfyllda', 'Judged met in part'),
  judgedNotMet: name('Bedömda ej uppfyllda', 'Judged not met'),
  judgedNoLongerRelevant: name('Bedömda ej längre aktuella', 'Judged no longer relevant'),
  notYetJudged: name('Ännu ej bedömda', 'Not yet judged'),
  withdrawn: name('Återtagna', 'Withdrawn'),
};

export const auditBoardExample = {
  board: '1d3c5b7a-9e8f-4a6b-8c2d-0f1e2d3c4b5a',
  boardName: 'Östermalms stadsdelsnämnd',
  holder: '2e4d6c8b-0f9a-4b7c-9d3e-1a2f3e4d5c6b',
  holderName: 'Norra innerstadens stadsdelsnämnd',
  referral: 'for-reply',
  receivedOn: '2020-05-28',
  reply: 'given',
  replyDueOn: '2020-10-15',
  repliedOn: '2020-10-01',
  replyLate: false,
  received: 1,
  implemented: 0,
  open: 1,
  pastPromisedDay: 1,
  pastLastDay: 0,
  undated: 0,
  settled: 0,
  withdrawn: 0,
  judgedMet: 0,
  judgedInPart: 0,
  judgedNotMet: 0,
  judgedNoLongerRelevant: 0,
  notYetJudged: 1,
};

/** More than any report concerns. */
const MOST = 10_000;

/** @throws Refusal `audit.unknown` where there is none, or it concerns nothing that the asker reaches */
export const auditBoards = async (
  { audit, limit, offset, asOf }: AuditBoards,
  asking: Asking & { readonly reach: Reach },
  views: Views,
  moments: Moments,
  executor: Executor,
  streams: Streams,
) => {
  const at = asOf && (await moments.positionAt(asking.tenant, asOf));
  const then = await registerThen(asking, at, executor, streams);
  const { units } = asking.reach;
  const found = await views.read(
    asking.tenant,
    async (read) => ({
      audit: await read.find(auditsView, audit),
      obligations: await read.page(obligationsView, {
        where: all(sql`audit = ${audit}`, units && sql`unit = any(${units})`),
        order: sql`key`,
        limit: MOST,
      }),
      referrals: await read.page(referralsView, { where: all(sql`audit = ${audit}`, units && sql`board = any(${units})`), order: sql`key`, limit: MOST }),
    }),
    { at },
  );
  const boards = new Set([...found.referrals, ...found.obligations].map(({ board }) => board));
  if (!found.audit || (units !== undefined && boards.size === 0)) throw noSuchAudit();
  const rows = [...boards].map((board) => {
    const referral = found.referrals.find((one) => one.board === board);
    const own = found.obligations.filter((one) => one.board === board);
    const holder = then.register.holderOn(board, then.on);
    return {
      board,
      boardName: then.name(board),
      holder,
      holderName: then.name(holder),
      ...referralShown(referral, then.on),
      ...countsOf(own, then.on),
      ...judgedOf(own),
    };
  });
  return {
    total: rows.length,
    sum: { ...countsOf(found.obligations, then.on), ...judgedOf(found.obligations) },
    items: rows.toSorted((a, b) => a.boardName.localeCompare(b.boardName, 'sv') || a.board.localeCompare(b.board)).slice(offset, offset + limit),
  };
};

type Referred = NonNullable<ReturnType<(typeof referralsView)['fold']>>;

const referralShown = (referral: Referred | undefined, today: Day) => {
  if (!referral) return { referral: 'none', reply: 'none-known', replyLate: false };
  const { kind, receivedOn, registryNumber, replyState, replyDueOn, repliedOn } = referral;
  return {
    referral: kind,
    ...(receivedOn !== null && { receivedOn }),
    ...(registryNumber !== null && { registryNumber }),
    reply: replyState ?? 'none-known',
    ...(replyDueOn !== null && { replyDueOn }),
    ...(repliedOn !== null && { repliedOn }),
    replyLate: kind === 'for-reply' && repliedOn === null && replyDueOn !== null && replyDueOn < today,
  };
};
