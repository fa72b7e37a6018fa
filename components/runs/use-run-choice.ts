import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { sourcesQuery } from '#lib/api/collection-queries.ts';
import { preferredSource } from './preferred-source.ts';
import { emptyChoice, type RunChoice } from './run-draft.ts';

/** Sources that are not known yet, so that nothing can be asked for in their name. */
export interface MissingSources {
  error: Error | null;
  isFetching: boolean;
  retry: () => void;
}

/** What a person has chosen so far. Sources that were not chosen are the preferred ones, once the server has named them. */
export function useRunChoice(initial: RunChoice = emptyChoice) {
  const { api, connection } = useWorkspace();
  const [chosen, setChoice] = useState(initial);
  const query = useQuery(sourcesQuery(connection.store_key, api));
  const { data: sources, error, isFetching } = query;
  const choice = useMemo((): RunChoice => {
    if (sources === undefined) return chosen;
    return {
      ...chosen,
      productSource: chosen.productSource ?? preferredSource(sources.product),
      sellerSource: chosen.sellerSource ?? preferredSource(sources.seller),
    };
  }, [chosen, sources]);
  const isChosen = choice.sellerSource !== null && (choice.from === 'list' || choice.productSource !== null);
  const missing: MissingSources | null =
    sources !== undefined || isChosen ? null : { error, isFetching, retry: () => void query.refetch() };
  return {
    choice,
    /** Null: every source is known. */
    missing,
    setChoice,
    change: (part: Partial<RunChoice>) => setChoice((before) => ({ ...before, ...part })),
  };
}
