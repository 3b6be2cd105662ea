/** What is there of a row: in an answer, what is not there is left out and not sent as null. */
export const present = <R extends object>(row: R): { readonly [K in keyof R]: Exclude<R[K], null> } =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as { readonly [K in keyof R]: Exclude<R[K], null> };
