import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { queryKeys } from '#lib/api/query-keys.ts';

/** What the feed shows of a seller; of a wire row the rest is left out. */
const foundSeller = z.object({
  id: z.string(),
  display_name: z.string(),
  flagged: z.boolean(),
  first_seen_run_id: z.string().nullable(),
  feedback_percent: z.number().nullable(),
  feedback_count: z.number().nullable(),
});
export type FoundSeller = z.infer<typeof foundSeller>;

export const foundSellersAnswer = z.object({ sellers: z.array(foundSeller) });

const KEPT = 60;

/** `items` in front of `before`, each seller once and where it was found last. */
export function mergeFound(before: readonly FoundSeller[], items: readonly FoundSeller[]): FoundSeller[] {
  const byId = new Map([...items.toReversed(), ...before].map((seller) => [seller.id, seller]));
  for (const item of items) byId.set(item.id, item);
  return [...byId.values()].slice(0, KEPT);
}

/** Puts the sellers of an event into the feed of their run. Items of another shape are passed over. */
export function addFoundSellers(queryClient: QueryClient, workspace: string, runId: string, items: unknown[]): void {
  const found = items.flatMap((item) => {
    const parsed = foundSeller.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const queryKey = queryKeys(workspace).runSellers(runId);
  queryClient.setQueryData<FoundSeller[]>(queryKey, (before = []) => mergeFound(before, found));
}
