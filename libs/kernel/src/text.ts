/** What a person reads, in both languages of the product. Swedish is the first; both are always there. */
export interface Text {
  readonly sv: string;
  readonly en: string;
}
