import { fieldsOf, nameOf, schemaOf, type Shape } from '#libs/fields';
import type { TSchema } from 'typebox';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const isShape = (schema: TSchema | Shape): schema is Shape => typeof schema === 'function';

/** The schemas of an API description: those with a name stand once, and are referred to. */
export class Schemas {
  readonly #named = new Map<string, string>();
  readonly components: Record<string, Json> = {};

  /** @throws TypeError where two different schemas have one name */
  of(schema: TSchema | Shape): Json {
    return this.#written(isShape(schema) ? schemaOf(schema) : schema) as Json;
  }

  /** The schema of a shape without some of its fields: the body of a command whose path says the rest. Undefined where nothing is left. */
  without(shape: Shape, names: readonly string[]): Json | undefined {
    const { properties, required = [], ...rest } = this.#plain({ ...schemaOf(shape) }) as { properties: Json; required?: string[] };
    const left = Object.entries(properties).filter(([name]) => !names.includes(name));
    if (left.length === 0) return undefined;
    if (left.length === Object.keys(properties).length) return this.of(shape);
    const name = nameOf(schemaOf(shape))!;
    const body = { ...rest, properties: Object.fromEntries(left), required: required.filter((one) => !names.includes(one)) };
    return this.#keep(name, body);
  }

  /** What a shape's fields are called. */
  names(shape: Shape): readonly string[] {
    return [...fieldsOf(shape).keys()];
  }

  /** One field of a shape: of a path, or of an address's parameters. */
  field(shape: Shape, name: string): { readonly schema: Json; readonly optional: boolean; readonly description: string } {
    const spec = fieldsOf(shape).get(name)!;
    const { description = '', ...schema } = this.#written(spec.schema) as Json & { description?: string };
    return { schema, optional: spec.optional, description };
  }

  #written(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#written(one));
    if (!isObject(value)) return value;
    const name = nameOf(value);
    return name === undefined ? this.#plain(value) : this.#keep(name, this.#plain(value));
  }

  #plain(value: Json): Json {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#written(one)]));
  }

  #keep(name: string, schema: Json): Json {
    const text = JSON.stringify(schema);
    const known = this.#named.get(name);
    if (known !== undefined && known !== text) throw new TypeError(`Two schemas are called ${name}.`);
    this.#named.set(name, text);
    this.components[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }
}
