// The variables of a compose file, as docker compose fills them in (Compose Specification, Interpolation): ${A}, ${A:-otherwise}, ${A:?why}, $$.
const VARIABLE = /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?])([^}]*))?\})/g;

/** Every variable in a text: its name, how it is asked for (`?`, `-`), and what follows. */
export const variablesIn = (text) =>
  [...String(text).matchAll(VARIABLE)].flatMap(([, name, how = '', rest = '']) => (name ? [{ name, how: how.at(-1) ?? '', rest }] : []));

/** What a text comes to with nothing set. */
export const withDefaults = (text) => String(text).replace(VARIABLE, (_all, name, how = '', rest = '') => (name && how.endsWith('-') ? rest : ''));

/** Walks all texts of a document. */
export const mapTexts = (value, change) => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
  return value;
};

/** The document with its variables filled in, and those that must be set and are not. Without settings, each that must be set gets a text of its own. */
export const interpolated = (compose, settings) => {
  const missing = new Set();
  const fill = (text) =>
    text.replace(VARIABLE, (all, name, how = '', rest = '') => {
      if (!name) return '$';
      const set = settings?.[name];
      if (set) return set;
      if (how.endsWith('-')) return rest;
      if (how.endsWith('?') && settings) missing.add(name);
      return how.endsWith('?') ? '1000' : '';
    });
  return { compose: mapTexts(compose, fill), missing: [...missing] };
};

/** The settings of an .env file as make-env.mjs writes it: NAME=value, a line each. */
export const parseEnv = (text) =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => (/^[A-Za-z_]\w*=/.test(line) ? [[line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]] : [])),
  );
