// The way to the platform: one address, one token, for questions, commands and subscriptions alike.
import { createClient } from 'graphql-sse';
import type { TypedDocumentString } from './generated/graphql.js';

/** An error of the answer. Branch on the code; the message is for people. */
export class PlatformError extends Error {
  constructor(readonly code: string, message: string) {
    super(`${code}: ${message}`);
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export class Platform {
  readonly #headers: Record<string, string>;
  readonly #streams;

  /** `purpose` says why clients are read, such as `client-work`; callers who read none leave it out. */
  constructor(private readonly url: string, token: string, purpose?: string) {
    this.#headers = { authorization: `Bearer ${token}`, ...(purpose && { 'osst-purpose': purpose }) };
    this.#streams = createClient({ url, headers: this.#headers, retryAttempts: 5 });
  }

  /** Sends a query or a mutation. A mutation with a commandId may be sent again whenever no answer came. */
  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        ...this.#headers, 'content-type': 'application/json', accept: 'application/graphql-response+json',
      },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    return dataOf(await response.json() as Answer<Data>);
  }

  /** The current state at once, and again after each change, for as long as one reads. */
  async *watch<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>, variables: Variables,
  ): AsyncGenerator<Data> {
    for await (const event of this.#streams.iterate<Data>({ query: document.toString(), variables })) {
      yield dataOf(event as Answer<Data>);
    }
  }
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  const first = errors?.[0];
  if (first || !data) throw new PlatformError(first?.extensions?.code ?? 'NO_DATA', first?.message ?? 'No data came.');
  return data;
}
