// Reads {sdl, suggests, requests: [{query, variables, operationName}]} from standard input and writes what the reference
// implementation answers to each, over the data of village.json. What a field does stands in fields() below and, for
// our engine, in Village.cs: both say the same.
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, specifiedRules, subscribe, validate } from 'graphql';

const { sdl, suggests, requests } = JSON.parse(readFileSync(0, 'utf8'));
const village = JSON.parse(readFileSync(new URL('village.json', import.meta.url), 'utf8'));
const schema = buildSchema(sdl);

const isDay = (text) => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text)
  && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

schema.getType('Date').coerceInputValue = (given) => {
  if (!isDay(given)) throw new Error('expected a day');
  return given;
};

const see = (value) => Array.isArray(value) ? value.map(see)
  : value?.see ? { __typename: village[value.see].type, data: village[value.see] } : value;

function counted(total) {
  return {
    total, doubled: total * 2,
    get refused() { throw new Error('No counter says that.'); },
  };
}

const commands = {
  add: ({ amount }, world) => counted(world.total += amount),
  addOrNot: ({ amount }, world) => amount == null ? null : counted(world.total += amount),
};

const later = () => new Promise((resolve) => setImmediate(resolve));

async function command(name, given, world) {
  await later();
  return commands[name](given, world);
}

function field(source, given, world, { fieldName, parentType, returnType }) {
  if (parentType.name === 'Counter') return source[fieldName];
  if (parentType.name === 'Mutation' && commands[fieldName]) return command(fieldName, given, world);
  if (String(returnType).startsWith('Echo')) return given;
  const value = (source?.data ?? village[parentType.name])[fieldName];
  if (value?.fail) throw new Error(value.fail);
  const seen = see(value);
  return fieldName === 'people' && 'first' in given ? seen.slice(0, given.first ?? undefined) : seen;
}

async function* events({ fieldName }, { to }) {
  if (fieldName === 'person') yield* ['aino', 'eino'].map((name) => ({ person: see({ see: name }) }));
  else for (let total = 1; total <= Math.min(to, 3); total++) yield { counted: counted(total) };
}

// A message may quote half of a surrogate pair, which JSON cannot carry.
const describe = ({ message, locations, path }) => ({ message: message.toWellFormed(), locations, path });

async function answer({ query, variables, operationName }) {
  let document;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [describe(error)] };
  }
  const found = validate(schema, document, specifiedRules, { hideSuggestions: !suggests, maxErrors: 1000 });
  if (found.length > 0) return { errors: found.map(describe) };
  const run = {
    schema, document, operationName, variableValues: variables, contextValue: { total: 0 }, hideSuggestions: !suggests,
    fieldResolver: field, options: { maxCoercionErrors: 1000 },
  };
  const definitions = document.definitions.filter((d) => d.kind === 'OperationDefinition');
  const chosen = definitions.find((d) => operationName == null || d.name?.value === operationName);
  if (chosen?.operation !== 'subscription') return shown(await execute(run));
  const stream = await subscribe({
    ...run,
    fieldResolver: (source, given, world, info) => info.parentType.name === 'Subscription'
      ? source[info.fieldName] : field(source, given, world, info),
    subscribeFieldResolver: (_, given, __, info) => events(info, given),
  });
  if (!stream[Symbol.asyncIterator]) return shown(stream);
  const answers = [];
  for await (const event of stream) answers.push(shown(event));
  return { events: answers };
}

const shown = ({ data, errors }) => ({ data, errors: errors?.map(describe) });

const answers = [];
for (const request of requests) answers.push(await answer(request));
process.stdout.write(JSON.stringify(answers));
