import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { buildSchema, introspectionFromSchema, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { savedPurpose, savedToken } from './token.js';

const url = '/graphql';

// A new socket for each first subscription, so that it always carries the present token.
const wsClient = createClient({
  url: location.origin.replace(/^http/, 'ws') + url,
  connectionParams: () => ({ authorization: `Bearer ${savedToken()}`, purpose: savedPurpose() }),
  retryAttempts: 0,
});

const ask = createGraphiQLFetcher({
  url,
  wsClient,
  enableIncrementalDelivery: false,
  fetch: (input, init) => fetch(input, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${savedToken()}`, 'osst-purpose': savedPurpose() ?? '' },
  }),
});

/** Without a token nothing may be asked, but the contract itself is public. */
async function withoutToken({ operationName }) {
  if (operationName !== 'IntrospectionQuery') {
    return { errors: [{ message: 'Paste a token into the field above. ./osst token --role ROLE makes one.' }] };
  }
  const sdl = await (await fetch(`${url}/schema.graphql`)).text();
  return { data: introspectionFromSchema(buildSchema(sdl)) };
}

/** Right after a change of tabs the editor still names the last one's operation; the text alone says what is asked. */
function inItsOwnWords(question, options) {
  try {
    const documentAST = parse(question.query);
    const names = documentAST.definitions.filter((d) => d.kind === 'OperationDefinition').map((d) => d.name?.value);
    const operationName = names.includes(question.operationName) ? question.operationName : names[0];
    return [{ ...question, operationName }, { ...options, documentAST }];
  } catch {
    return [question, options]; // The server says what is wrong with it.
  }
}

export const fetcher = (question, options) =>
  savedToken() ? ask(...inItsOwnWords(question, options)) : withoutToken(question);
