// Reads a list of SDL texts from standard input; writes for each what is wrong with it, nothing for a good one.
import { readFileSync } from 'node:fs';
import { buildSchema, printSchema, validateSchema } from 'graphql';

function faults(sdl) {
  try {
    const schema = buildSchema(sdl);
    const found = validateSchema(schema).map((error) => error.message);
    if (found.length === 0) buildSchema(printSchema(schema));
    return found;
  } catch (error) {
    return [error.message];
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(faults)));
