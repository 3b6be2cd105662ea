import type { Instant } from '#libs/kernel';
import type { MailFailure } from './mail.events.js';

interface Addressee {
  readonly name: string;
  readonly address: string;
}

/** A mail as it is sent. The same reminder always gives the same Message-ID, so that a second copy is known for one. */
export interface OutgoingMail {
  /** Without the angle brackets: `<reminder id>@<tenant>.uppsikt`. */
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly Addressee[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tags of what it is written in. */
  readonly languages: readonly string[];
  /** When the reminder was issued: what `Date` says, however late the mail goes. */
  readonly issuedAt: Instant;
}

/** What came of one attempt. */
export type Delivery =
  | { readonly outcome: 'accepted'; readonly code: number; readonly addressed: number; readonly refused: number }
  | { readonly outcome: 'failed'; readonly reason: MailFailure; readonly code?: number };

/** Where mail goes. Sending is at least once: whoever is in doubt sends again, under the same Message-ID. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<Delivery>;
}
