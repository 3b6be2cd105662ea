import { FreeText, Id, Sha256 } from '#libs/fields';
import { assertStored, type KnownDocuments } from '#libs/documents';
import { event, type Decide } from '#libs/kernel';
import { AgreementFileLinked, type AgreementEvent } from './agreement.events.js';
import type { Agreement } from './agreement.js';
import { assertRegistered, foundVersion } from './agreement.refusals.js';

/**
 * Another file of the same text, such as a scanned copy or one in another format, is linked to the version by the registrar, who says why
 * it is the same: whoever approved that file approved this version.
 */
export class LinkFile {
  @Id('The agreement.') agreement!: string;
  @Sha256('The version.') version!: string;
  @Sha256('The stored document.') document!: string;
  @FreeText('Why it is the same text.', { max: 2000 }) reason!: string;
}

export const linkFile: Decide<LinkFile, Agreement, AgreementEvent, { readonly evidence: KnownDocuments }> = (
  { agreement, version, document, reason },
  state,
  { evidence },
) => {
  assertRegistered(state);
  const { files } = foundVersion(state, version);
  assertStored(evidence, [document], '/document');
  return files.includes(document) ? [] : [event(AgreementFileLinked, { agreement, version, document, reason })];
};
