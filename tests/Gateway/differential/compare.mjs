// Reads {sdl, operations, execute} as JSON from standard input; writes for each operation what the reference
// implementation says: its errors before execution, or nothing, or the answer of executing it (introspection only:
// there is no data behind it).
import { readFileSync } from 'node:fs';
import { buildSchema, executeSync, parse, validate, specifiedRules } from 'graphql';

const { sdl, operations, execute } = JSON.parse(readFileSync(0, 'utf8'));
const schema = buildSchema(sdl);
const options = { hideSuggestions: true, maxErrors: 1000 };

function answer(text) {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    return { errors: [describe(error)] };
  }
  const errors = validate(schema, document, specifiedRules, options);
  if (errors.length > 0) return { errors: errors.map(describe) };
  return execute ? executeSync({ schema, document }) : {};
}

function describe(error) {
  const places = (error.locations ?? []).map((l) => `${l.line}:${l.column}`).join(' ');
  return `${error.message} @ ${places}`;
}

process.stdout.write(JSON.stringify(operations.map(answer)));
