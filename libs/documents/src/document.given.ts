import { given as givenOf, type Circumstances } from '#libs/testing';
import { derivedId, event, instant } from '#libs/kernel';
import { DocumentStored, type DocumentEvent } from './document.events.js';
import { document, documentId } from './document.js';

export const sha256 = 'a7'.repeat(32);
export const id = documentId('stockholm', sha256);
export const units = { ostermalm: derivedId('unit', 'Östermalm'), norrmalm: derivedId('unit', 'Norrmalm') };

export const said = { sha256, size: 48_211, mediaType: 'application/pdf', name: 'Svar på Nr 5 2020 – Östermalm.pdf' } as const;
export const stored = (name: string = said.name) => event(DocumentStored, { ...said, name });

/** A registrar of the unit stores it. */
export const by = (unit: string): Circumstances => ({
  id,
  by: { actor: derivedId('registrar', unit), role: 'registrar', unit },
  now: instant('2020-09-25T08:00:00.000Z'),
});

/** What was stored before, by Östermalm. */
export const given = (...facts: readonly DocumentEvent[]) => givenOf(document, ...facts);
