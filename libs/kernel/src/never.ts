/** Ends a switch over a union: a case that somebody forgot does not compile, and one that slips through from outside throws. */
export const never = (value: never): never => {
  throw new TypeError(`No case for ${JSON.stringify(value)}`);
};
