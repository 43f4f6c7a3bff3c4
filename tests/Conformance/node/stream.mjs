// What a subscription told, in the order of coming; whoever asks waits for it, with a generous end.
const patienceMs = 30_000;

export class Stream {
  #told = [];
  #waiting = [];

  constructor(subscribe) {
    this.unsubscribe = subscribe({
      next: (result) => this.#tell({ kind: 'next', result }),
      error: (error) => this.#tell({ kind: 'error', error }),
      complete: () => this.#tell({ kind: 'complete' }),
    });
  }

  /** Everything told that nobody has asked for. */
  get unread() {
    return this.#told.length;
  }

  /** The next thing told. */
  async any() {
    if (this.#told.length > 0) return this.#told.shift();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('Nothing came.')), patienceMs);
    });
    const came = new Promise((resolve) => this.#waiting.push(resolve));
    return Promise.race([came, late]).finally(() => clearTimeout(timer));
  }

  /** The data of the next event that is as wanted; any other end of the stream is a failure. */
  async data(isWanted = () => true) {
    for (;;) {
      const told = await this.any();
      if (told.kind !== 'next' || told.result.errors?.length > 0) throw new Error(`Not data: ${show(told)}`);
      if (isWanted(told.result.data)) return told.result.data;
    }
  }

  /** How the stream ends: its first error, as an object with a code, or null when it just completes. */
  async end() {
    for (;;) {
      const told = await this.any();
      const errors = told.result?.errors ?? (Array.isArray(told.error) ? told.error : told.error?.errors);
      if (errors?.length > 0) return { code: errors[0].extensions?.code };
      if (told.kind === 'error') return told.error;
      if (told.kind === 'complete') return null;
    }
  }

  #tell(event) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(event);
    else this.#told.push(event);
  }
}

function show(told) {
  return told.error instanceof Error ? String(told.error) : JSON.stringify(told);
}
