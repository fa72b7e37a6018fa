import type { PushRequest, WireMutation } from '#lib/protocol/push.ts';
import type { OutboxEntry } from '#lib/store/types.ts';

/**
 * An entry as the server takes it. It must come out the same however often it is sent, or the server
 * refuses the repeat: so ids are those that the client used first, which the server resolves.
 */
function wireMutation(entry: OutboxEntry): WireMutation {
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

/** Null for an entry that no request can carry: a time that is no date, or data that is no JSON. */
export function tryWireMutation(entry: OutboxEntry): WireMutation | null {
  try {
    const mutation = wireMutation(entry);
    JSON.stringify(mutation.data);
    JSON.stringify(mutation.rows);
    return mutation;
  } catch {
    // RangeError or TypeError, by the engine's choice: it cannot be sent, and nothing else is known.
    return null;
  }
}

export function pushRequestOf(clientId: string, sentAt: number, mutations: WireMutation[]): PushRequest {
  return { client_id: clientId, sent_at: isoTime(sentAt), mutations };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
