import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { sourcesQuery } from '#lib/api/collection-queries.ts';
import { preferredSource } from './preferred-source.ts';
import { emptyChoice, type RunChoice } from './run-draft.ts';

/** What a person has chosen so far. Sources that were not chosen are the preferred ones, once the server has named them. */
export function useRunChoice(initial: RunChoice = emptyChoice) {
  const { api, connection } = useWorkspace();
  const [chosen, setChoice] = useState(initial);
  const { data: sources } = useQuery(sourcesQuery(connection.store_key, api));
  const choice = useMemo((): RunChoice => {
    if (sources === undefined) return chosen;
    return {
      ...chosen,
      productSource: chosen.productSource ?? preferredSource(sources.product),
      sellerSource: chosen.sellerSource ?? preferredSource(sources.seller),
    };
  }, [chosen, sources]);
  return {
    choice,
    setChoice,
    change: (part: Partial<RunChoice>) => setChoice((before) => ({ ...before, ...part })),
  };
}
