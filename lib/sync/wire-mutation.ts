import type { PushRequest, WireMutation } from '#lib/protocol/push.ts';
import type { OutboxEntry } from '#lib/store/types.ts';

/**
 * An entry as the server takes it. It must come out the same however often it is sent, or the server
 * refuses the repeat: so ids are those that the client used first, which the server resolves.
 */
export function wireMutation(entry: OutboxEntry): WireMutation {
  const ids = entry.targets.map(({ id }) => id);
  const shared = {
    id: entry.id,
    table: entry.table,
    op: entry.op,
    data: entry.data,
    edited_at: isoTime(entry.edited_at),
    seen_at: entry.seen_at === null ? null : isoTime(entry.seen_at),
  };
  if (entry.rows === null) return { ...shared, record_ids: ids };
  return { ...shared, record_ids: [], rows: entry.rows.map((data, at) => ({ id: ids[at] ?? '', data })) };
}

export function pushRequestOf(clientId: string, sentAt: number, entries: readonly OutboxEntry[]): PushRequest {
  return { client_id: clientId, sent_at: isoTime(sentAt), mutations: entries.map(wireMutation) };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
