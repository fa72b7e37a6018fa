import type { PushRequest, PushResult, WireMutation } from '#lib/protocol/push.ts';
import type { Served } from './wire.ts';

const fields = ['display_name', 'flagged', 'note'] as const;
type Field = (typeof fields)[number];

export interface ReferenceRow {
  readonly values: Map<string, { value: unknown; at: number }>;
  deleted: boolean;
}

/**
 * What the contract says must have come out, worked out anew from the calls that the server answered:
 * each mutation once, in the order of arrival, per field the later edit, by the server's reckoning.
 */
export interface Reference {
  readonly rows: ReadonlyMap<string, ReferenceRow>;
  /** When the server took each mutation to be made, epoch milliseconds. */
  readonly madeAt: ReadonlyMap<string, number>;
  /** Mutations that the server says were made at another time, in words. */
  readonly misreckoned: readonly string[];
  /** What a client's own ids were resolved to. */
  readonly aliases: ReadonlyMap<string, string>;
  see(served: Served, now: number): void;
}

export function createReference(): Reference {
  const rows = new Map<string, ReferenceRow>();
  const madeAt = new Map<string, number>();
  const aliases = new Map<string, string>();
  const misreckoned: string[] = [];

  function rowOf(id: string): ReferenceRow {
    const row = rows.get(id) ?? { values: new Map(), deleted: false };
    rows.set(id, row);
    return row;
  }

  function apply(mutation: WireMutation, result: PushResult, at: number): void {
    madeAt.set(mutation.id, at);
    for (const { id, requested_id } of result.records) {
      if (requested_id !== undefined) aliases.set(requested_id, id);
      const row = rowOf(id);
      if (mutation.op === 'delete') row.deleted = true;
      else if (mutation.op === 'restore') row.deleted = false;
      else merge(row, mutation.data, at);
    }
  }

  return {
    rows,
    madeAt,
    misreckoned,
    aliases,
    see({ url, request, status, body }, now) {
      if (!url.endsWith('/sync/push') || status !== 200) return;
      const { mutations, sent_at } = request as PushRequest;
      const { results } = body as { results: PushResult[] };
      for (const [index, mutation] of mutations.entries()) {
        const result = results[index];
        if (result?.status === 'applied') apply(mutation, result, timeOf(mutation, Date.parse(sent_at), now));
        const at = madeAt.get(mutation.id);
        if (at !== undefined && (result?.status === 'applied' || result?.status === 'duplicate')) {
          const said = Date.parse(result.made_at ?? '');
          if (said !== at) misreckoned.push(`${mutation.id} ${result.status} at ${said}, not ${at}`);
        }
      }
    },
  };
}

function merge(row: ReferenceRow, data: Readonly<Record<string, unknown>>, at: number): void {
  for (const field of fields) {
    const before = row.values.get(field);
    if (field in data && (before === undefined || before.at <= at)) row.values.set(field, { value: data[field], at });
  }
}

/** CONTRACT 2: server time − (`sent_at` − `edited_at`), not before `seen_at`, not after now. */
function timeOf({ edited_at, seen_at }: WireMutation, sentAt: number, now: number): number {
  const floor = seen_at == null ? 0 : Date.parse(seen_at);
  return Math.min(now, Math.max(floor, now - (sentAt - Date.parse(edited_at))));
}

export function isField(name: string): name is Field {
  return (fields as readonly string[]).includes(name);
}
