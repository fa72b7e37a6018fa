import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';
import type { RunPlan } from '../plan-run.ts';

/** The run's categories as units of its first phase, in the order given. */
export async function insertCategories(
  tx: Tx,
  run: { orgId: string; runId: string },
  categories: RunPlan['categories'],
): Promise<void> {
  const rows = categories.map(({ category, department }, position) => ({
    id: crypto.randomUUID(),
    category_id: category.id,
    department_id: department.id,
    position,
  }));
  await sql`
    insert into collection_run_categories
      (org_id, run_id, id, category_id, department_id, position, status, created_at, updated_at)
    select ${run.orgId}, ${run.runId}, id, category_id, department_id, position, 'pending', clock_timestamp(), clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as chosen (id uuid, category_id text, department_id text, position int)`.execute(tx);
}
