import { pullAnswer, type PullAnswer } from '#lib/protocol/pull.ts';
import { pushAnswer, type PushResult } from '#lib/protocol/push.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Member } from './server-under-test.ts';

export interface MutationInput {
  id?: string;
  table?: string;
  op: string;
  record_ids?: readonly string[];
  data?: Record<string, unknown>;
  rows?: readonly { id: string; data: Record<string, unknown> }[];
  edited_at?: string;
  seen_at?: string | null;
}

/** A mutation as it goes over the wire, of the sellers unless said otherwise. */
export function mutation(input: MutationInput) {
  return { id: crypto.randomUUID(), table: 'sellers', edited_at: new Date().toISOString(), ...input };
}

export const clientId = '6f0c8f7e-4c0b-4e0e-9d3e-0b8f5b3f7a10';

export async function push(
  member: Member,
  inputs: readonly MutationInput[],
  sentAt = new Date().toISOString(),
): Promise<PushResult[]> {
  const answer = await member.send('POST', '/sync/push', {
    client_id: clientId,
    sent_at: sentAt,
    mutations: inputs.map(mutation),
  });
  if (answer.status !== 200) throw new Error(`push answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return pushAnswer.parse(answer.body).results;
}

export async function pushOne(member: Member, input: MutationInput, sentAt?: string): Promise<PushResult> {
  const [result] = await push(member, [input], sentAt);
  if (result === undefined) throw new Error('push answered no result');
  return result;
}

/** Adds sellers and returns their ids in the order of the names. */
export async function addSellers(member: Member, names: readonly string[]): Promise<string[]> {
  const rows = names.map((display_name) => ({ id: crypto.randomUUID(), data: { display_name } }));
  const result = await pushOne(member, { op: 'create', rows });
  if (result.status !== 'applied') throw new Error(JSON.stringify(result));
  return result.records.map(({ id }) => id);
}

export interface PullOptions {
  cursor?: string;
  limit?: number;
  deleted?: boolean;
}

export async function pullPage(
  member: Member,
  table: string,
  { cursor, limit, deleted }: PullOptions = {},
): Promise<PullAnswer> {
  const query = new URLSearchParams();
  if (cursor !== undefined) query.set('cursor', cursor);
  if (limit !== undefined) query.set('limit', String(limit));
  if (deleted === true) query.set('include_deleted', 'true');
  const answer = await member.get(`/sync/${table}?${query}`);
  if (answer.status !== 200) throw new Error(`pull answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return pullAnswer.parse(answer.body);
}

/** A client's copy of a table: what it would show after each page. */
export class TableCopy<Row extends { id: string; version: number; deleted_at: string | null } = WireSeller> {
  readonly rows = new Map<string, Row>();
  cursor: string | undefined;

  take(page: PullAnswer): void {
    for (const row of page.items as Row[]) {
      if (row.deleted_at === null) this.rows.set(row.id, row);
      else this.rows.delete(row.id);
    }
    this.cursor = page.next_cursor;
  }

  /** Pulls until the server has no more; `limit` may be another for each page. */
  async drain(member: Member, table: string, limit: () => number = () => 1000): Promise<void> {
    for (;;) {
      const page = await pullPage(member, table, {
        ...(this.cursor === undefined ? {} : { cursor: this.cursor }),
        limit: limit(),
        deleted: true,
      });
      this.take(page);
      if (!page.has_more) return;
    }
  }
}
