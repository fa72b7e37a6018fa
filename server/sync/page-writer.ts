import type { PageList } from './page-json.ts';

/** Takes the bytes of an answer piece by piece. */
export interface ByteSink {
  write(pieces: readonly Uint8Array[]): void;
  /** Frees what it holds: nobody wants the answer any more. */
  discard(): void;
}

export interface PageWriter {
  /** The JSON of each list with its brackets; nothing when there are no rows. */
  take(texts: readonly string[]): void;
  /** Writes what is left, and behind the lists the members of `tail`. */
  end(tail: object): void;
}

/**
 * Writes a page that comes in parts. The first list goes to the sink as it comes; the parts of the others wait, as
 * bytes, until it is their turn.
 */
export function createPageWriter(
  { lists, after }: { readonly lists: readonly PageList[]; readonly after: string },
  sink: Pick<ByteSink, 'write'>,
): PageWriter {
  const parts: Uint8Array[][] = lists.map(({ before }) => [Buffer.from(`${before}[`)]);
  const [first = [], ...others] = parts;
  let between = '';
  sink.write([Buffer.from('{')]);
  return {
    take(texts) {
      if (texts.length === 0) return;
      texts.forEach((text, list) => parts[list]?.push(Buffer.from(between + text.slice(1, -1))));
      sink.write(first.splice(0));
      between = ',';
    },
    end(tail) {
      const close = Buffer.from(']');
      const last = Buffer.from(`${after},${JSON.stringify(tail).slice(1)}`);
      sink.write([...first, close, ...others.flatMap((pieces) => [...pieces, close]), last]);
    },
  };
}
