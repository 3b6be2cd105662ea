import { contradictory, unknown, type Refusal } from '#libs/kernel';

/** There is no such document, or it is another unit's. */
export const noSuchDocument = (): Refusal =>
  unknown('document.unknown', {
    sv: 'Handlingen finns inte. Kontrollera dess SHA-256, eller ladda upp den.',
    en: 'There is no such document. Check its SHA-256, or upload it.',
  });

/** A command cites what nobody has stored. */
export const notStored = (sha256: string, pointer: string): Refusal =>
  contradictory(
    'document.unknown',
    {
      sv: `Handlingen ${sha256} är inte sparad. Ladda upp den först.`,
      en: `The document ${sha256} is not stored. Upload it first.`,
    },
    pointer,
  );
