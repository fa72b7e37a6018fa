import { cleanName, nameProblem, normalizeName } from '#lib/domain/seller.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers as sellersTable } from '#lib/tables/sellers.ts';
import { takeNumbers, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { FoundSeller } from '#server/sources/source.ts';
import type { KnownSeller } from './sql/find-known-sellers.ts';
import { findKnownSellers } from './sql/find-known-sellers.ts';
import { insertSellerItems } from './sql/insert-seller-items.ts';
import { insertSellers } from './sql/insert-sellers.ts';
import { updateSeenSellers } from './sql/update-seen-sellers.ts';
import { toWireRow } from './wire-row.ts';

export interface RecordedSellers {
  /** Rows added or changed, as they are now. */
  rows: WireSeller[];
  /** Highest change number among them; 0 when there are none. */
  version: number;
  added: number;
  /** Names passed over because they were deleted for good. */
  skipped: number;
}

type Candidate = FoundSeller & { normalized_name: string };

/**
 * Puts one page's sellers into the list, with the workspace's counter locked. A seller counts once
 * per run however often the run meets it: the run's own items decide, not the row's last run,
 * because two runs may meet the same seller in turn.
 */
export async function recordSellers(
  tx: Tx,
  run: { orgId: string; runId: string; settings: RunSettings },
  found: readonly FoundSeller[],
  now: number,
): Promise<RecordedSellers> {
  const candidates = distinctCandidates(found, run.settings);
  if (candidates.length === 0) return { rows: [], version: 0, added: 0, skipped: 0 };
  const known = await findKnownSellers(
    tx,
    run.orgId,
    candidates.map((seller) => seller.normalized_name),
  );
  const first = await insertSellerItems(
    tx,
    run,
    candidates.map((seller) => {
      const row = known.get(seller.normalized_name);
      const { name, feedback_percent, feedback_count, country } = seller;
      return {
        name: seller.normalized_name,
        is_new: row === undefined,
        skipped: row?.never_again ?? false,
        data: { display_name: name, feedback_percent, feedback_count, country },
      };
    }),
  );

  const fresh = candidates.filter((seller) => !known.has(seller.normalized_name) && first.has(seller.normalized_name));
  const seen = candidates.flatMap((seller) => {
    const row = known.get(seller.normalized_name);
    if (row === undefined || row.never_again) return [];
    const first_in_run = first.has(seller.normalized_name);
    return first_in_run || isNews(seller, row) ? [{ ...seller, id: row.id, first_in_run }] : [];
  });
  const changes = fresh.length + seen.length;
  const skipped = [...first].filter((name) => known.get(name)?.never_again).length;
  if (changes === 0) return { rows: [], version: 0, added: 0, skipped };

  const at = new Date(now);
  const version = await takeVersions(tx, run.orgId, changes);
  const no = fresh.length === 0 ? 0 : await takeNumbers(tx, run.orgId, 'sellers', fresh.length);
  const inserted = await insertSellers(
    tx,
    run,
    fresh.map(({ name, ...seller }, index) => ({
      ...seller,
      display_name: name,
      id: crypto.randomUUID(),
      no: no + index,
      version: version + index,
    })),
    at,
  );
  const updated = await updateSeenSellers(
    tx,
    run,
    seen.map((seller, index) => ({ ...seller, version: version + fresh.length + index })),
    at,
  );
  const rows = [...inserted, ...updated].map((row) => toWireRow(sellersTable, row));
  return { rows, version: version + changes - 1, added: inserted.length, skipped };
}

function distinctCandidates(found: readonly FoundSeller[], settings: RunSettings): Candidate[] {
  const excluded = new Set(settings.exclude_sellers.map(normalizeName));
  const byName = new Map<string, Candidate>();
  for (const seller of found) {
    const normalized_name = normalizeName(seller.name);
    if (nameProblem(seller.name) !== null || excluded.has(normalized_name)) continue;
    const { feedback_count: count } = seller;
    if (settings.min_feedback !== null && (count ?? 0) < settings.min_feedback) continue;
    if (settings.max_feedback !== null && count !== null && count > settings.max_feedback) continue;
    if (!byName.has(normalized_name))
      byName.set(normalized_name, { ...seller, name: cleanName(seller.name), normalized_name });
  }
  return [...byName.values()];
}

function isNews(seen: FoundSeller, row: KnownSeller): boolean {
  return (['platform_id', 'feedback_percent', 'feedback_count'] as const).some(
    (field) => seen[field] !== null && seen[field] !== row[field],
  );
}
