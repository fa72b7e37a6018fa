import pg from 'pg';
import { normalizeName } from '#lib/domain/seller.ts';
import type { FoundSeller } from '#server/sources/source.ts';

/**
 * Seconds that one `INSERT … ON CONFLICT` of the same sellers takes, as a superuser without row security:
 * each seller once, counted once more where the list has it.
 */
export async function bulkInsert(url: string, orgId: string, pages: readonly FoundSeller[][]): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const start = performance.now();
    const found = new Map(pages.flat().map((seller) => [normalizeName(seller.name), seller]));
    const columns = [
      [...found.keys()],
      [...found.values()].map(({ name }) => name),
      [...found.values()].map(({ feedback_percent }) => feedback_percent),
      [...found.values()].map(({ feedback_count }) => feedback_count),
    ];
    await client.query(
      `insert into sellers (org_id, id, no, version, created_at, updated_at, platform, display_name, normalized_name,
         flagged, source, times_seen, feedback_percent, feedback_count)
       select $1, gen_random_uuid(), 10000000 + at, 10000000 + at, now(), now(), 'ebay', display_name, normalized_name,
         false, 'run', 1, feedback_percent, feedback_count
       from unnest($2::text[], $3::text[], $4::float8[], $5::int[])
         with ordinality as found (normalized_name, display_name, feedback_percent, feedback_count, at)
       on conflict (org_id, platform, normalized_name) where deleted_at is null do update
         set times_seen = sellers.times_seen + 1, version = excluded.version, updated_at = excluded.updated_at,
           feedback_percent = excluded.feedback_percent, feedback_count = excluded.feedback_count`,
      [orgId, ...columns],
    );
    return (performance.now() - start) / 1000;
  } finally {
    await client.end();
  }
}
