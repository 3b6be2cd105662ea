import type { Text } from '#libs/kernel';
import type { Language } from '#libs/organisation';
import type { OutgoingMail } from './mail-transport.js';
import type { Link } from './pages.js';

/** What a mail holds, whomever it goes to. */
export type Content = Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'languages'>;

export const SENT_BY: Text = { sv: 'Skickat av Uppsikt. Mejlet kan inte besvaras.', en: 'Sent by Uppsikt. The mail cannot be answered.' };

/** A mail before it is written out: its paragraphs, then its links, then what stands below. */
export interface MailText {
  readonly subject: Text;
  readonly said: readonly Text[];
  readonly links: readonly Link[];
  readonly footer: Text;
}

/** Writes a mail out, as text and as HTML: in the readers' language, or in both where they differ, Swedish first. */
export const composed = ({ subject, said, links, footer }: MailText, languages: readonly Language[]): Content => {
  const inOrder = (['sv', 'en'] as const).filter((language) => languages.includes(language));
  const text = (language: Language) =>
    [...said.map((one) => one[language]), links.map(({ url, open }) => `${open[language]}: ${url}`).join('\n'), footer[language]].join('\n\n');
  const html = (language: Language) =>
    [
      `<div lang="${language}">`,
      ...said.map((one) => `<p>${escaped(one[language])}</p>`),
      ...links.map(({ url, open }) => `<p><a href="${escaped(url)}">${escaped(open[language])}</a></p>`),
      `<p><small>${escaped(footer[language])}</small></p>`,
      '</div>',
    ].join('\n');
  return {
    subject: inOrder.map((language) => subject[language]).join(' / '),
    text: `${inOrder.map(text).join('\n\n--\n\n')}\n`,
    html: `<!DOCTYPE html>\n<html lang="${inOrder[0]}"><head><meta charset="utf-8"><title>Uppsikt</title></head><body>\n${inOrder.map(html).join('\n<hr>\n')}\n</body></html>\n`,
    languages: inOrder,
  };
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
