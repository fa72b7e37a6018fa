import type { Api } from '#lib/api/client.ts';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { PushResult, WireMutation } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { rowFromWire, rowToWire } from '#lib/tables/row-conversion.ts';
import { type Seller, sellers, type WireSeller } from '#lib/tables/sellers.ts';

/*
 * A server in memory for tests of transport faults: it keeps the protocol's promises on change numbers,
 * cursors, idempotency and deduplicated creates, and nothing else. What the real one does is tested against the real one.
 */

export interface MemoryServer {
  readonly api: Pick<Api, 'pull' | 'push'>;
  readonly rows: ReadonlyMap<string, WireSeller>;
  /** How often each mutation took effect. */
  readonly effects: ReadonlyMap<string, number>;
  /** A change by somebody else. */
  change(id: string, fields: Partial<WireSeller>): void;
  add(row: WireSeller): void;
  /** As after a restored backup: every cursor is refused. */
  newEpoch(): void;
  /** As a restored backup made now would: the returned function forgets all that came after, in a new epoch. */
  backUp(): () => void;
}

type Cursor = { epoch: number; below: number | null; after: number };

export function createMemoryServer(): MemoryServer {
  const rows = new Map<string, WireSeller>();
  const effects = new Map<string, number>();
  const results = new Map<string, { body: string; result: PushResult }>();
  const aliases = new Map<string, string>();
  let version = 0;
  let nextNo = 0;
  let epoch = 1;

  const live = (): WireSeller[] => [...rows.values()].filter(({ deleted_at }) => deleted_at === null);
  const time = (): string => new Date(1_800_000_000_000 + version).toISOString();

  function store(row: Seller): WireSeller {
    const wire = { ...rowToWire(sellers, row), version: ++version };
    rows.set(wire.id, wire);
    return wire;
  }

  function applyMutation(mutation: WireMutation): PushResult {
    const before = results.get(mutation.id);
    const body = bodyOf(mutation);
    if (before !== undefined) {
      if (before.body !== body) return rejected(mutation.id, 'idempotency_mismatch');
      return { ...before.result, status: before.result.status === 'applied' ? 'duplicate' : before.result.status };
    }
    const result = mutation.op === 'create' ? create(mutation) : edit(mutation);
    results.set(mutation.id, { body, result });
    effects.set(mutation.id, (effects.get(mutation.id) ?? 0) + 1);
    return result;
  }

  function create(mutation: WireMutation): PushResult {
    const requested = mutation.record_ids[0] ?? '';
    const made = reduce(null, mutation, requested);
    if (made === null || made.display_name === '') return rejected(mutation.id);
    const holder = live().find(({ normalized_name }) => normalized_name === made.normalized_name);
    const row = store(
      holder === undefined
        ? { ...made, no: nextNo++ }
        : { ...(reduce(holder, mutation, holder.id) ?? made), no: holder.no },
    );
    aliases.set(requested, row.id);
    const record = {
      id: row.id,
      no: row.no,
      version: row.version,
      ...(row.id === requested ? {} : { requested_id: requested }),
    };
    return { id: mutation.id, status: 'applied', version, records: [record], missing: [] };
  }

  function edit(mutation: WireMutation): PushResult {
    const found = mutation.record_ids.map((id) => rows.get(aliases.get(id) ?? id)).filter((row) => row !== undefined);
    const editable = found.filter(
      ({ deleted_at }) => deleted_at === null || mutation.op === 'delete' || mutation.op === 'restore',
    );
    if (editable.length === 0 || mutation.data['display_name'] === '') return rejected(mutation.id);
    const records = editable.flatMap((row) => reduce(row, mutation, row.id) ?? []).map(store);
    return {
      id: mutation.id,
      status: 'applied',
      version,
      records: records.map(({ id, no, version: at }) => ({ id, no, version: at })),
      missing: [],
    };
  }

  function pull(cursor: Cursor | null, limit: number): PullAnswer {
    if (cursor !== null && cursor.epoch !== epoch) throw new AppError('cursor_expired');
    const at = cursor ?? { epoch, below: Infinity, after: version };
    const isSnapshot = at.below !== null;
    const rest = isSnapshot
      ? live()
          .filter(({ no }) => no < (at.below ?? 0))
          .toSorted((a, b) => b.no - a.no)
      : [...rows.values()].filter((row) => row.version > at.after).toSorted((a, b) => a.version - b.version);
    const items = rest.slice(0, limit);
    const below = isSnapshot && rest.length > limit ? (items.at(-1)?.no ?? 0) : null;
    const after = isSnapshot ? at.after : (items.at(-1)?.version ?? at.after);
    const more = rest.length > limit || (isSnapshot && version > at.after);
    return {
      items: items.map((row) => ({ ...row })),
      next_cursor: JSON.stringify({ epoch, below, after }),
      has_more: more,
      remaining: rest.length - items.length,
      server_time: time(),
    };
  }

  return {
    rows,
    effects,
    api: {
      async pull(table, { cursor, limit }) {
        if (table !== 'sellers')
          return { items: [], next_cursor: 'none', has_more: false, remaining: 0, server_time: time() };
        return pull(cursor === null ? null : (JSON.parse(cursor) as Cursor), limit);
      },
      push: async ({ mutations }) => ({ results: mutations.map(applyMutation), server_time: time() }),
    },
    change(id, fields) {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, ...fields, version: ++version });
    },
    add(row) {
      nextNo = Math.max(nextNo, row.no + 1);
      rows.set(row.id, { ...row, version: ++version });
    },
    newEpoch: () => void epoch++,
    backUp() {
      const kept = [rows, results, aliases].map((map) => new Map<string, unknown>(map));
      const keptVersion = version;
      const keptNo = nextNo;
      return () => {
        for (const [at, map] of [rows, results, aliases].entries()) restoreMap(map as Map<string, unknown>, kept[at]);
        version = keptVersion;
        nextNo = keptNo;
        epoch++;
      };
    },
  };
}

function restoreMap(map: Map<string, unknown>, kept: ReadonlyMap<string, unknown> = new Map()): void {
  map.clear();
  for (const [key, value] of kept) map.set(key, value);
}

function reduce(row: WireSeller | null, mutation: WireMutation, id: string): Seller | null {
  const op = mutation.op as 'create' | 'update' | 'flag' | 'delete' | 'restore';
  return sellers.apply(row === null ? null : rowFromWire(sellers, row), {
    op,
    id,
    data: mutation.data,
    edited_at: Date.parse(mutation.edited_at),
  });
}

// When the client last heard of the server is no part of what it asks for: a repeated command may know more by now.
function bodyOf({ seen_at: _seen, ...body }: WireMutation): string {
  return JSON.stringify(body);
}

function rejected(id: string, code = 'invalid_data'): PushResult {
  return {
    id,
    status: 'rejected',
    records: [],
    missing: [],
    error: { code, message: 'refused', details: {} },
  };
}
