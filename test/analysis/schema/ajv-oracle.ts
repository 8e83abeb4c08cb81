import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { goRegExp } from '../../../lib/analysis/schema/go-regexp';
import { KnownKind } from '../../../lib/analysis/schema/known-kind';
import { Schema } from '../../../lib/analysis/schema/structural';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/** Formats on which ajv and the API server agree. */
const FORMATS = ['date-time', 'date', 'ipv4', 'ipv6', 'uuid'];

// ajv reads patterns as JavaScript, and those of CRDs are Go's
const regExp = Object.assign((pattern: string, flags: string) => goRegExp(pattern) ?? new RegExp(pattern, flags), { code: 'new RegExp' });
const ajv = new Ajv({ strict: false, allErrors: true, logger: false, code: { regExp } });
addFormats(ajv);

const validators = new Map<KnownKind, ValidateFunction>();

/** What ajv has against everything but the metadata of an object of a custom kind, by another way from the same schema. */
export function ajvErrors(object: Json, kind: KnownKind): string[] {
  let validate = validators.get(kind);
  if (!validate) {
    const { schema, definitions, dropsStatus } = kind.schemaOf(kind.preferred)!;
    const status: Json = dropsStatus ? { status: {} } : {};
    const root = asJsonSchema({ ...schema, required: schema.required?.filter(name => name !== 'metadata') });
    validate = ajv.compile({
      ...root,
      definitions: Object.fromEntries(Object.entries(definitions).map(([name, part]) => [name, asJsonSchema(part)])),
      properties: { ...root.properties, apiVersion: {}, kind: {}, metadata: {}, ...status },
      additionalProperties: false,
    });
    validators.set(kind, validate);
  }
  return validate(object) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${params.additionalProperty ?? ''}`.trim());
}

/** A structural schema as JSON Schema has it: fields that are not named are refused, and a default is as good as a value. */
function asJsonSchema(schema: Schema): Json {
  if (schema.$ref) return { $ref: schema.$ref };
  if (schema['x-kubernetes-int-or-string']) return { ...assertions(schema), type: ['integer', 'string'] };
  const { properties, items, additionalProperties, required, type, nullable } = schema;
  const closed = type === 'object' && properties && additionalProperties === undefined && !schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...assertions(schema),
    ...type ? { type: nullable ? [type, 'null'] : type } : {},
    ...properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, asJsonSchema(part)])) } : {},
    ...items ? { items: asJsonSchema(items) } : {},
    ...required ? { required: required.filter(name => properties?.[name]?.default === undefined) } : {},
    ...typeof additionalProperties === 'object' ? { additionalProperties: asJsonSchema(additionalProperties) } : closed ? { additionalProperties: false } : {},
  };
}

/** All that limits values. What combinators repeat of a schema is not the whole of it, so it stays as it is. */
function assertions(schema: Schema): Json {
  const { properties: _, items: __, additionalProperties: ___, required: ____, type: _____, nullable: ______, format, ...rest } = schema;
  return { ...rest, ...format && FORMATS.includes(format) ? { format } : {} };
}
