import { z } from 'zod';
import { applyPull } from '#lib/store/apply-pull.ts';
import { readByNo } from '#lib/store/base-reads.ts';
import { compact, compactStep } from '#lib/store/compact.ts';
import { findSellers } from '#lib/store/find-sellers.ts';
import { beginRebuild, finishRebuild } from '#lib/store/generations.ts';
import type { StoreWriter } from '#lib/store/writer.ts';
import { openWriter } from '#lib/store/writer.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { byColumns } from '#tests/helpers/by-columns.ts';
import type { Subject } from './subject.ts';

// As in the extension, whose content security policy forbids eval.
z.config({ jitless: true });

/** The extension's own store, through the functions that its background calls. */
export function createSellerdex(): Subject {
  let writer: StoreWriter;
  const store: Subject['fill'] = async (answer) => void (await applyPull(writer.target, 'sellers', answer));
  const compactAll = (): Promise<void> => compact(writer.target, () => false);
  const read = async (nos: readonly number[]) => readByNo(writer.base, 'sellers', nos);

  return {
    async open() {
      writer = await openWriter('bench');
    },
    received: (answer) => byColumns('sellers', answer),
    fill: store,
    filled: compactAll,
    change: store,
    compact: async () => {
      while (await compactStep(writer.target, 'sellers'));
      await compactAll();
    },
    point: async (no) => (await read([no]))[0],
    lookup: (names) => findSellers(writer.own, writer.base, names),
    range: async (from, to) =>
      (await read(Array.from({ length: to - from }, (_, at) => from + at))).toSorted((a, b) => a.no - b.no),
    expected: (row) => rowFromWire(sellers, row),
    beginRebuild: async () => writer.use(await beginRebuild(writer.own)),
    endRebuild: async () => writer.use(await finishRebuild(writer.own)),
    close: () => Promise.resolve(writer.close()),
  };
}
