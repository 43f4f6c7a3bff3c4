// Reads a list of {before, after}, two texts of one contract each, from standard input; writes for each what has
// changed, as {type, description, kind}, where kind says what it does to the clients that there are.
import { readFileSync } from 'node:fs';
import {
  BreakingChangeType, DangerousChangeType, SafeChangeType, buildSchema, findSchemaChanges, isInputObjectType,
} from 'graphql';

// Old documents go on to be valid, but mean something else.
const otherMeaning = [
  DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE, DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
];

const kindOf = (type) => BreakingChangeType[type] || otherMeaning.includes(type) ? 'breaking'
  : SafeChangeType[type] ? 'harmless' : 'dangerous';

function* becameOneOf(before, after) {
  for (const type of Object.values(before.getTypeMap()).filter(isInputObjectType)) {
    const now = after.getType(type.name);
    if (isInputObjectType(now) && now.isOneOf && !type.isOneOf) {
      yield { type: 'INPUT_BECAME_ONE_OF', description: `Input ${type.name} takes one field only.`, kind: 'breaking' };
    }
  }
}

function changes({ before, after }) {
  const [old, now] = [buildSchema(before), buildSchema(after)];
  const found = findSchemaChanges(old, now).map(({ type, description }) => ({ type, description, kind: kindOf(type) }));
  return [...found, ...becameOneOf(old, now)];
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(changes)));
