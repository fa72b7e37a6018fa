import { z } from 'zod';
import { sellers } from '#lib/tables/sellers.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { api } from '#tests/helpers/api.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { GridTimes } from '../shared/watch-grid.ts';
import { gridTimes, watchGrid } from '../shared/watch-grid.ts';

interface Account {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}
interface ChromeRuntime {
  chrome: { runtime: { sendMessage(message: object): Promise<{ ok: boolean }> } };
}

const TIMEOUT_MS = 600_000;

/** A new profile, connected by the message that Settings sends, from its answer on. */
export async function measureExtension(account: Account, rows: number): Promise<GridTimes & { browser: string }> {
  const extension = await startExtension();
  try {
    const manager = await extension.context.newPage();
    await watchGrid(manager, rows);
    await manager.goto(`chrome-extension://${extension.extensionId}/options.html#/sellers`);
    await manager.getByRole('navigation', { name: 'Main' }).waitFor();
    const ok = await manager.evaluate(async (input) => {
      const { runtime } = (globalThis as unknown as ChromeRuntime).chrome;
      const answer = await runtime.sendMessage({ sellerdex: 1, procedure: 'connection.connect', input });
      performance.mark('start');
      // As Settings tells its page; another page of the extension would notice within a second.
      dispatchEvent(new Event('sellerdex:connection'));
      return answer.ok;
    }, toInput(account));
    if (!ok) throw new Error('not connected');
    const times = await gridTimes(manager, TIMEOUT_MS);
    await checkTop(manager, account);
    return { ...times, browser: `Chromium ${extension.context.browser()?.version() ?? ''}` };
  } finally {
    await extension.close();
  }
}

function toInput({ url, email, password }: Account) {
  return { server: url, email, password };
}

/** The grid draws the server's newest rows, in its order, to the last one that fits on the screen. */
async function checkTop(manager: Parameters<typeof sellersGrid>[0], account: Account): Promise<void> {
  const client = await api(account);
  const { items } = await client.get(
    z.object({ items: z.array(rowSchema(sellers)) }),
    '/sellers?sort=no&order=desc&limit=100',
  );
  const names = items.map((row) => row.display_name);
  await waitUntil('the newest rows', async () => {
    const drawn = await sellersGrid(manager).drawn();
    return drawn.length >= Math.min(10, names.length) && drawn.every(([index, name]) => names[index] === name);
  });
}
