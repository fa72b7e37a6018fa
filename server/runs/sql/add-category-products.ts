import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { Unit } from '../unit.ts';

/** Counts products that a category listed, those included that the run had from another category. */
export async function addCategoryProducts(tx: Tx, unit: Unit, count: number): Promise<void> {
  await sql`
    update collection_run_categories set products_found = products_found + ${count}
    where org_id = ${unit.org_id} and run_id = ${unit.run_id} and id = ${unit.id}`.execute(tx);
}
