import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { split } from '@apollo/client/link';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Kind } from 'graphql';
import WebSocket from 'ws';
import { Stream } from '../stream.mjs';
import { headersOf } from '../token.mjs';
import { socketClient } from './graphql-ws.mjs';

// Its link looks for the browser's own, which node has from version 22 on.
globalThis.WebSocket ??= WebSocket;

/** npm @apollo/client as its manual has it: subscriptions over graphql-ws, everything else over HTTP. */
export function connect(options) {
  const { client, cut } = socketClient(options);
  const http = new HttpLink({
    uri: options.address,
    headers: headersOf(options.token),
  });
  const isSubscription = ({ query }) =>
    query.definitions.some((d) => d.kind === Kind.OPERATION_DEFINITION && d.operation === 'subscription');
  const apollo = new ApolloClient({
    link: split(isSubscription, new GraphQLWsLink(client), http),
    cache: new InMemoryCache(),
  });
  return {
    subscribe: (query, variables) => new Stream((sink) => {
      const document = gql(query);
      if (isSubscription({ query: document })) {
        const running = apollo.subscribe({ query: document, variables }).subscribe({
          next: ({ data, error }) => (error ? sink.error(error) : sink.next({ data })),
          error: sink.error,
          complete: sink.complete,
        });
        return () => running.unsubscribe();
      }
      const isMutation = document.definitions[0].operation === 'mutation';
      const once = isMutation
        ? apollo.mutate({ mutation: document, variables })
        : apollo.query({ query: document, variables, fetchPolicy: 'network-only' });
      once.then((result) => { sink.next(result); sink.complete(); }, sink.error);
      return () => {};
    }),
    cut,
    close: () => { apollo.stop(); return client.dispose(); },
  };
}

// Apollo's link makes an Error of the close event: "Socket closed with event 4403 Forbidden".
export const isRefusal = (end) => /\b4403\b/.test(end?.message);

export const isExpiry = (end) => /\b4403\b.*expired/.test(end?.message);
