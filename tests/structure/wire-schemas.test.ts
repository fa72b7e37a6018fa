import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as account from '#lib/protocol/account.ts';
import * as collection from '#lib/protocol/collection.ts';
import * as collectionPlans from '#lib/protocol/collection-plans.ts';
import * as error from '#lib/protocol/error.ts';
import * as events from '#lib/protocol/events.ts';
import * as pull from '#lib/protocol/pull.ts';
import * as push from '#lib/protocol/push.ts';
import * as sellerRuns from '#lib/protocol/seller-runs.ts';
import * as sellerViews from '#lib/protocol/seller-views.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/version.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { tables } from '#lib/tables/index.ts';
import { mutationSchemas, rowSchema } from '#lib/tables/wire-schemas.ts';

/**
 * Hash of all wire schemas by protocol version. If this test fails you changed what goes over the wire:
 * raise PROTOCOL_VERSION and add its line when an older side would misread it, else replace the last hash.
 */
const pinned: Record<number, string> = {
  1: '5e5c0131325d2f97',
};

function describe(value: unknown): unknown {
  if (value instanceof z.ZodType) return z.toJSONSchema(value, { unrepresentable: 'any', io: 'input' });
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, describe(part)]));
  }
  return typeof value === 'function' ? undefined : value;
}

test('the wire schemas are those of the protocol version', () => {
  const declared = Object.values<TableDeclaration>(tables).map((table) => ({
    name: table.name,
    schema: rowSchema(table),
    mutations: mutationSchemas(table),
  }));
  const all = describe({
    account,
    collection,
    collectionPlans,
    error,
    events,
    pull,
    push,
    sellerRuns,
    sellerViews,
    declared,
  });
  const hash = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
  expect(hash).toBe(pinned[PROTOCOL_VERSION]);
});
