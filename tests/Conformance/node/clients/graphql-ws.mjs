import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Stream } from '../stream.mjs';
import { purposeOf } from '../token.mjs';

/** npm graphql-ws. `beforeRetry` is awaited before it connects again; without it, it does not. */
export function socketClient({ address, token, beforeRetry }) {
  let socket = null;
  const client = createClient({
    url: address.replace('http:', 'ws:'),
    webSocketImpl: WebSocket,
    connectionParams: token ? { authorization: `Bearer ${token}`, purpose: purposeOf(token) } : undefined,
    retryAttempts: beforeRetry ? 1 : 0,
    retryWait: beforeRetry,
    on: { opened: (opened) => (socket = opened) },
  });
  return { client, cut: () => socket.terminate() };
}

export function connect(options) {
  const { client, cut } = socketClient(options);
  return {
    subscribe: (query, variables) => new Stream((sink) => client.subscribe({ query, variables }, sink)),
    cut,
    close: () => client.dispose(),
  };
}

/** Closed by the server because of the token. */
export const isRefusal = (end) => end?.code === 4403;

export const isExpiry = (end) => end?.code === 4403 && /expired/.test(end.reason);

