import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import { tables } from '#lib/tables/index.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { Api } from './api.ts';
import { clientRows } from './client-rows.ts';

/** Fails unless the client's base holds exactly the server's live sellers, field by field. */
export async function expectClientIsServer(extensionPage: Page, remote: Api): Promise<void> {
  const theirs = [...(await remote.pullAll('sellers')).values()].toSorted((a, b) => a.no - b.no);
  const ours = [...(await clientRows(extensionPage, 'sellers')).values()].toSorted((a, b) => a.no - b.no);
  expect(ours.length).toBe(theirs.length);
  const wire = ours.map((row) => rowToWire(tables.sellers, row as Seller));
  const differing = theirs.findIndex((row, at) => !isDeepStrictEqual(wire[at], row));
  if (differing !== -1) expect(wire[differing]).toEqual(theirs[differing]);
}
