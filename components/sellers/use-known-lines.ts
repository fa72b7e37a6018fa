import { useEffect, useMemo, useState } from 'react';
import { useDebounced } from '#components/runs/use-debounced.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { firstLines, MAX_LINES, parseSellerLines, type SellerLine } from './seller-lines.ts';

export interface JudgedLine extends Pick<SellerLine, 'line' | 'name'> {
  readonly state: 'new' | 'known' | NonNullable<SellerLine['problem']>;
}

export interface JudgedLines {
  /** Null while what is typed is not judged yet. */
  readonly lines: readonly JudgedLine[] | null;
  /** More than are taken at once: only the first of them are judged. */
  readonly tooMany: boolean;
  readonly failure: string | null;
}

const nothing: JudgedLines = { lines: [], tooMany: false, failure: null };
const waiting: JudgedLines = { lines: null, tooMany: false, failure: null };

/** The lines of a text, and which of their sellers the local list has. */
export function useKnownLines(client: QueryClient, text: string): JudgedLines {
  const settled = useDebounced(text, 150);
  const first = useMemo(() => firstLines(settled), [settled]);
  const parsed = useMemo(() => parseSellerLines(first.text), [first]);
  const [judged, setJudged] = useState<{ of: readonly SellerLine[]; result: Omit<JudgedLines, 'tooMany'> } | null>(
    null,
  );
  useEffect(() => {
    if (parsed.length === 0) return undefined;
    let stopped = false;
    void judge(client, parsed).then((result) => {
      if (!stopped) setJudged({ of: parsed, result });
    });
    return () => {
      stopped = true;
    };
  }, [client, parsed]);
  if (text !== settled) return waiting;
  if (parsed.length === 0) return nothing;
  if (judged?.of !== parsed) return waiting;
  return { ...judged.result, tooMany: first.isCut || parsed.length > MAX_LINES };
}

async function judge(client: QueryClient, parsed: readonly SellerLine[]): Promise<Omit<JudgedLines, 'tooMany'>> {
  try {
    const names = parsed.filter(({ problem }) => problem === null).map(({ key }) => key);
    const known = await client.knownNames(names);
    const lines = parsed.map(({ line, name, key, problem }) => ({
      line,
      name,
      state: problem ?? (known.has(key) ? ('known' as const) : ('new' as const)),
    }));
    return { lines, failure: null };
  } catch (thrown) {
    return { lines: null, failure: toAppError(thrown).message };
  }
}
