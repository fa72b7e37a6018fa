import { cleanName, nameProblem, normalizeName } from '#lib/domain/seller.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { orderedUuid } from '#lib/shared/ordered-uuid.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { takeNumbers, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { FoundSeller } from '#server/sources/source.ts';
import type { KnownSeller } from './sql/find-known-sellers.ts';
import { findKnownSellers } from './sql/find-known-sellers.ts';
import { insertSellerItems } from './sql/insert-seller-items.ts';
import { insertSellers } from './sql/insert-sellers.ts';
import { readSellers } from './sql/read-sellers.ts';
import { updateSeenSellers } from './sql/update-seen-sellers.ts';

export interface PageCounts {
  /** Distinct sellers on the page that the settings let in. */
  sellers: number;
  /** Of them new to the list; one on two pages counts on the first. */
  added: number;
  /** Names passed over because they were deleted for good. */
  skipped: number;
}

type Candidate = FoundSeller & { normalized_name: string };

export interface RecordedSellers {
  counts: PageCounts[];
  /** Rows added or changed, as they are now, at most `rowsWanted`. */
  rows: WireSeller[];
  /** Highest change number among them; 0 when there are none. */
  version: number;
}

/**
 * Puts the sellers of some pages into the list, with the workspace's counter locked. A seller counts
 * once per run however often the run meets it: the run's own items decide, not the row's last run,
 * because two runs may meet the same seller in turn.
 */
export async function recordSellers(
  tx: Tx,
  run: { orgId: string; runId: string; settings: RunSettings },
  pages: readonly (readonly FoundSeller[])[],
  { now, rowsWanted }: { now: number; rowsWanted: number },
): Promise<RecordedSellers> {
  const byPage = pages.map((found) => distinctCandidates(found, run.settings));
  const candidates = [...mergePages(byPage).values()];
  if (candidates.length === 0) return { counts: byPage.map(noneAdded), rows: [], version: 0 };
  const names = candidates.map((seller) => seller.normalized_name);
  const known = await findKnownSellers(tx, run.orgId, names);
  const ids = new Map(names.map((name) => [name, known.get(name)?.id ?? orderedUuid(now)]));
  const first = await insertSellerItems(
    tx,
    run,
    candidates.map(({ name, normalized_name, feedback_percent, feedback_count, country }) => {
      const row = known.get(normalized_name);
      const skipped = row?.never_again ?? false;
      return {
        id: orderedUuid(now),
        name: normalized_name,
        seller_id: skipped ? null : (ids.get(normalized_name) ?? null),
        is_new: row === undefined,
        skipped,
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
  const added = new Set(fresh.map((seller) => seller.normalized_name));
  const skipped = new Set([...first].filter((name) => known.get(name)?.never_again));
  const counts = byPage.map((page) => countPage(page, added, skipped));
  const changes = fresh.length + seen.length;
  if (changes === 0) return { counts, rows: [], version: 0 };

  const at = new Date(now);
  const version = await takeVersions(tx, run.orgId, changes);
  const no = fresh.length === 0 ? 0 : await takeNumbers(tx, run.orgId, 'sellers', fresh.length);
  const inserted = fresh.map(({ name, ...seller }, index) => ({
    ...seller,
    display_name: name,
    id: ids.get(seller.normalized_name) ?? orderedUuid(now),
    no: no + index,
    version: version + index,
  }));
  await insertSellers(tx, run, inserted, at);
  const updated = seen.map((seller, index) => ({ ...seller, version: version + fresh.length + index }));
  await updateSeenSellers(tx, run, updated, at);
  const told = [...inserted, ...updated].slice(0, rowsWanted).map(({ id }) => id);
  return { counts, rows: await readSellers(tx, run.orgId, told), version: version + changes - 1 };
}

function distinctCandidates(found: readonly FoundSeller[], settings: RunSettings): Map<string, Candidate> {
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
  return byName;
}

/** Each seller once, with the latest that any page showed. */
function mergePages(pages: readonly ReadonlyMap<string, Candidate>[]): Map<string, Candidate> {
  const merged = new Map<string, Candidate>();
  for (const page of pages) {
    for (const [name, seller] of page) {
      const before = merged.get(name);
      merged.set(name, {
        ...seller,
        name: before?.name ?? seller.name,
        platform_id: seller.platform_id ?? before?.platform_id ?? null,
        feedback_percent: seller.feedback_percent ?? before?.feedback_percent ?? null,
        feedback_count: seller.feedback_count ?? before?.feedback_count ?? null,
        country: seller.country ?? before?.country ?? null,
      });
    }
  }
  return merged;
}

const noneAdded = (page: ReadonlyMap<string, Candidate>): PageCounts => ({ sellers: page.size, added: 0, skipped: 0 });

/** Takes what it counts out of the sets, so that the next page does not count it again. */
function countPage(page: ReadonlyMap<string, Candidate>, added: Set<string>, skipped: Set<string>): PageCounts {
  const counts = noneAdded(page);
  for (const name of page.keys()) {
    if (added.delete(name)) counts.added += 1;
    if (skipped.delete(name)) counts.skipped += 1;
  }
  return counts;
}

function isNews(seen: FoundSeller, row: KnownSeller): boolean {
  return (['platform_id', 'feedback_percent', 'feedback_count'] as const).some(
    (field) => seen[field] !== null && seen[field] !== row[field],
  );
}
