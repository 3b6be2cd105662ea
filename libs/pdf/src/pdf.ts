import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { instant, millisecondsBetween, type Instant } from '#libs/kernel';
import { letterhead } from './letterhead.js';

export interface PdfOptions {
  /** The moment that the document says it was made: that of the facts in it, so that the same facts give the same bytes. */
  readonly at: Instant;
}

const EPOCH = instant('1970-01-01T00:00:00Z');
let compiler: NodeCompiler | undefined;

/**
 * A document as PDF/UA-1: tagged, in Swedish, with its fonts in it. The same template, data and moment give the same bytes.
 * Data reaches the template as data (`data.title`), never as part of its source, so that no text of a person is read as a command.
 * @param template Typst, after the letterhead that every document has: see `letterhead.ts`
 * @throws TypeError when the template cannot be set with the data, saying where
 */
export const pdf = (template: string, data: object, { at }: PdfOptions): Buffer => {
  compiler ??= NodeCompiler.create({});
  try {
    return compiler.pdf(
      { mainFileContent: `${letterhead}\n${template}`, inputs: { data: JSON.stringify(data) } },
      { pdfStandard: 'ua-1', creationTimestamp: Math.floor(millisecondsBetween(EPOCH, at) / 1_000) },
    );
  } catch (error) {
    // The compiler says nothing in `message`.
    const { code } = error as { readonly code?: unknown };
    throw new TypeError(`The document could not be set: ${typeof code === 'string' ? code : JSON.stringify(code ?? String(error))}`, { cause: error });
  } finally {
    compiler.evictCache(10);
  }
};
