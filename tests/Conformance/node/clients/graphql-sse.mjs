import { createClient } from 'graphql-sse';
import { Stream } from '../stream.mjs';
import { headersOf } from '../token.mjs';

/** npm graphql-sse in its distinct connections mode. `beforeRetry` as in graphql-ws. */
export function connect({ address, token, beforeRetry }) {
  let cut = null;
  const client = createClient({
    url: address,
    headers: headersOf(token),
    retryAttempts: beforeRetry ? 1 : 0,
    retry: beforeRetry,
    fetchFn: async (url, init) => {
      const wire = new AbortController();
      init.signal.addEventListener('abort', () => wire.abort());
      cut = () => wire.abort();
      return fetch(url, { ...init, signal: wire.signal });
    },
  });
  return {
    subscribe: (query, variables) => new Stream((sink) => client.subscribe({ query, variables }, sink)),
    cut: () => cut(),
    close: () => client.dispose(),
  };
}

export const isRefusal = (end) => end?.response?.status === 401;

export const isExpiry = (end) => end?.code === 'UNAUTHENTICATED';
