import type { WireSeller } from '#lib/tables/sellers.ts';

/** A seller as the server sends it; what is not given follows from `no`. */
export function wireSeller(no: number, version: number, fields: Partial<WireSeller> = {}): WireSeller {
  const time = new Date(1_700_000_000_000 + no * 1000).toISOString();
  const name = fields.display_name ?? `Seller_${no}`;
  return {
    id: sellerId(no),
    no,
    version,
    created_at: time,
    updated_at: time,
    deleted_at: null,
    platform: 'ebay',
    display_name: name,
    normalized_name: name.toLowerCase(),
    platform_id: null,
    flagged: no % 7 === 0,
    note: null,
    source: 'run',
    times_seen: 1 + (no % 5),
    first_seen_run_id: null,
    last_seen_run_id: null,
    feedback_percent: no % 3 === 0 ? null : 97.5,
    feedback_count: no * 3,
    item_count: null,
    ...fields,
  };
}

export function sellerId(no: number): string {
  return `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
}
