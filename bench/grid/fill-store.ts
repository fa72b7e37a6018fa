import { createSellers } from '#bench/store/made-sellers.ts';
import { applyPull } from '#lib/store/apply-pull.ts';
import { writeConnection } from '#lib/store/write-connection.ts';
import { openWriter } from '#lib/store/writer.ts';
import { STORE } from './subject.ts';

/** Connects the browser, and writes the rows as a first sync does. */
export async function fillStore(rows: number): Promise<void> {
  const writer = await openWriter(STORE);
  for (const answer of createSellers(rows).snapshot()) await applyPull(writer.base, 'sellers', answer);
  writer.close();
  await writeConnection({
    server: 'http://localhost',
    token: null,
    email: 'ada@example.com',
    user_id: '',
    org_id: '',
    org_name: '',
    store_key: STORE,
  });
}
