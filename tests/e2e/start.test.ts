import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { EXTENSION_ID } from '#scripts/launch-extension.ts';
import { api } from '#tests/helpers/api.ts';
import { startCommand } from '#tests/helpers/start-command.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const readyOfStart = z.strictObject({
  server: z.url(),
  manager: z.literal(`chrome-extension://${EXTENSION_ID}/options.html`),
  email: z.email(),
  password: z.string().min(8),
});

test('npm start serves, ends cleanly, and a second start finds everything again', async () => {
  const data = join(temporaryFolder('start'), 'data');
  const start = () => startCommand('start', ['--headless', '--data', data]);

  const first = await start();
  const ready = readyOfStart.parse(first.ready);
  const client = await api({ url: ready.server, ...ready });
  await client.push([
    { table: 'sellers', op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'kept_seller' } },
  ]);
  expect(await first.interrupt()).toBe(0);

  const second = await start();
  expect(readyOfStart.parse(second.ready)).toEqual(ready);
  const rows = [...(await (await api({ url: ready.server, ...ready })).pullAll('sellers')).values()];
  expect(rows.map((row) => row.display_name)).toEqual(['kept_seller']);
  expect(await second.interrupt()).toBe(0);
});

test('npm run server says where it is in its first line and ends with 0', async () => {
  const server = await startCommand('server', ['--data', join(temporaryFolder('server'), 'data')]);
  const { url } = z.strictObject({ url: z.url() }).parse(server.ready);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(await server.interrupt()).toBe(0);
});
