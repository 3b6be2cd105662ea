import { audit } from '#libs/audits';
import type { Asking, Executor, Reach, Streams } from '#libs/commands';
import { Id, Query } from '#libs/fields';
import { Download } from '#libs/http';
import { stockholmDay } from '#libs/kernel';
import { organisationId, organisationStream, registerOf } from '#libs/organisation';
import { pdf } from '#libs/pdf';
import { concerns } from './reply-by-id.query.js';
import { replyDocument } from './reply-document.js';
import { replyDocx } from './reply.docx.query.js';
import { reply } from './reply.js';
import { noSuchReply } from './reply.refusals.js';
import { replyTemplate } from './reply.template.js';
import { stateAt } from './states.query.js';

export const PDF = 'application/pdf';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The reply as PDF/UA, in the form recommendation, comment; the same facts give the same bytes. */
export class ReplyAsPdf extends Query {
  @Id('The reply.') reply!: string;
}
/** The reply as a document to go on writing in. */
export class ReplyAsDocx extends Query {
  @Id('The reply.') reply!: string;
}

type Asked = Asking & { readonly reach: Reach };

const documentOf = async ({ reply: id, asOf }: ReplyAsPdf, { tenant, today, reach }: Asked, streams: Streams, executor: Executor) => {
  const { state, happened } = await streams.tell(tenant, reply, id, asOf);
  const last = happened.at(-1);
  if (state.status === 'none' || last === undefined || !concerns(reach, state)) throw noSuchReply();
  const at = stateAt(executor, streams, tenant, asOf);
  const [report, organisation] = await Promise.all([at(audit, state.audit), at(organisationStream, organisationId(tenant))]);
  const municipality = organisation.status === 'registered' ? organisation.name : tenant;
  const day = asOf === undefined ? today : stockholmDay(asOf);
  return { document: replyDocument(state, report, registerOf(organisation), municipality, day), at: last.event.at };
};

/** @throws Refusal `reply.unknown` where there is none, or it is another board's */
export const replyAsPdf = async (query: ReplyAsPdf, asking: Asked, streams: Streams, executor: Executor): Promise<Download> => {
  const { document, at } = await documentOf(query, asking, streams, executor);
  return new Download(PDF, 'yttrande.pdf', pdf(replyTemplate, document, { at }));
};

/** @throws Refusal `reply.unknown` where there is none, or it is another board's */
export const replyAsDocx = async (query: ReplyAsDocx, asking: Asked, streams: Streams, executor: Executor): Promise<Download> => {
  const { document } = await documentOf(query, asking, streams, executor);
  return new Download(DOCX, 'yttrande.docx', await replyDocx(document));
};
