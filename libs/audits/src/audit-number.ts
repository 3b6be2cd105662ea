/** A number within a year: `Nr 5 2020`, `nr 5/2020`, `5-2020`. */
const NUMBER_FIRST = /^(?:rapport\s+|revisionsrapport\s+)?(?:nr\.?\s*|no\.?\s*|nummer\s+)?0*(\d{1,4})\s*[/\-\s]\s*((?:19|20)\d\d)$/iu;
/** The same with its year first: `2020:5`, `2020-05`. */
const YEAR_FIRST = /^(?:rapport\s+|revisionsrapport\s+)?(?:nr\.?\s*|no\.?\s*|nummer\s+)?((?:19|20)\d\d)\s*[:/\-\s]\s*0*(\d{1,4})$/iu;

const spaced = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');

/**
 * The one way of writing an audit’s number by which it is found: `5/2020`, however it is written (domain §3.2.1).
 * What is not a number within a year is kept as it is, but for case and space.
 */
export const auditNumber = (text: string): string => {
  const written = spaced(text);
  const [, yearOfFirst, numberOfFirst] = YEAR_FIRST.exec(written) ?? [];
  const [, number = numberOfFirst, year = yearOfFirst] = NUMBER_FIRST.exec(written) ?? [];
  return number === undefined || year === undefined ? written.toLocaleLowerCase('sv') : `${number}/${year}`;
};

/** The numbers of an audit, each once, whichever ways of writing it are given. */
export const auditNumbers = (numbers: readonly string[]): readonly string[] => [...new Set(numbers.map(auditNumber))];
