/** A piece of SQL with its values apart, so that no value is ever read as SQL. Pieces may hold pieces. */
export class Sql {
  constructor(
    private readonly texts: readonly string[],
    private readonly values: readonly unknown[],
  ) {}

  /** As the driver takes it: text with `$1`, `$2` …, and the values. */
  toQuery(): { readonly text: string; readonly values: readonly unknown[] } {
    const values: unknown[] = [];
    return { text: this.#write(values), values };
  }

  #write(into: unknown[]): string {
    return this.texts.reduce((sql, text, index) => {
      const value = this.values[index - 1];
      return sql + (value instanceof Sql ? value.#write(into) : `$${into.push(value)}`) + text;
    });
  }
}

/**
 * SQL as a template: ``sql`unit = ${unit} and due_on < ${today}` ``.
 * A value becomes a parameter, another piece is taken in as it is.
 */
export const sql = (texts: TemplateStringsArray, ...values: readonly unknown[]): Sql => new Sql(texts, values);

/** SQL as it stands: for names that come from a declaration, never for anything from outside. */
export const verbatim = (text: string): Sql => new Sql([text], []);

/** Conditions that all hold; those left out do not count. */
export const all = (...conditions: readonly (Sql | undefined)[]): Sql =>
  conditions.reduce<Sql>((so, condition) => (condition ? sql`${so} and (${condition})` : so), verbatim('true'));
