import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { me } from '#lib/protocol/account.ts';
import { api } from '#tests/helpers/api.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const root = join(import.meta.dirname, '..', '..');

/** Ends with the exit code and what was written, whatever the code. */
async function run(script: string, args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: root });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
  }
}

test('the server starts with its owner, refuses a second process on its folder, and ends cleanly with its data kept', async () => {
  const server = await startServer({ dataDir: join(temporaryFolder('server'), 'data') });
  const client = await api(server);
  const mine = await client.get(me, '/me');
  expect(mine).toMatchObject({ user: { email: server.email }, role: 'owner' });
  await client.push([
    { table: 'sellers', op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'kept' } },
  ]);

  const second = await run('server/main.ts', ['--data', server.dataDir]);
  expect(second.code).toBe(1);
  expect(second.stdout).toBe('');
  expect(second.stderr).toContain('in use by process');

  expect(await server.stop()).toBe(0);
  await server.restart();
  const rows = await (await api(server)).pullAll('sellers');
  expect([...rows.values()].map(({ display_name }) => display_name)).toEqual(['kept']);

  // Killed, it leaves its lock behind; the next start takes it over and finds the rows.
  await server.kill();
  await server.restart();
  expect((await (await api(server)).pullAll('sellers')).size).toBe(1);
  await server.stop();
});

test('the commands: workspace, member, password, seed, backup, restore', async () => {
  const folder = temporaryFolder('commands');
  const data = join(folder, 'data');
  const admin = (...args: string[]) => run('server/admin.ts', [...args, '--data', data]);
  expect((await run('server/seed.ts', ['--sellers', '300', '--data', data])).stdout).toContain('300 sellers');
  expect((await admin('create-workspace', 'Team two')).stdout).toMatch(/^workspace [0-9a-f-]{36}\n$/);
  expect(await admin('create-workspace', 'Team two')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already'),
  });
  const added = await admin('add-member', 'Ann@Example.com', '--workspace', 'My workspace', '--role', 'member');
  expect(added.stdout).toMatch(/^member [0-9a-f-]{36} member\npassword \S{16}\n$/);
  expect(await admin('add-member', 'bob@example.com', '--workspace', 'Nowhere')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no workspace'),
  });
  expect(await admin('add-member', 'bob@example.com', '--workspace', 'My workspace', '--role', 'king')).toMatchObject({
    code: 1,
  });
  expect((await admin('reset-password', 'ann@example.com', '--password', 'a new password')).stdout).toBe(
    'password set\n',
  );
  expect((await admin('dance')).code).toBe(2);

  const file = join(folder, 'backup.tar.gz');
  expect((await admin('backup', file)).code).toBe(0);
  expect((await admin('restore', file)).stderr).toContain('not empty');
  const restored = join(folder, 'restored');
  expect(await run('server/admin.ts', ['restore', file, '--data', restored])).toMatchObject({ code: 0 });

  const server = await startServer({ dataDir: restored });
  const ann = await api({ ...server, email: 'ann@example.com', password: 'a new password' });
  const sellers = await ann.pullAll('sellers');
  expect(sellers.size).toBe(300);
  const byNumber = [...sellers.values()].sort((a, b) => a.no - b.no);
  expect(byNumber.map(({ no }) => no)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  const versions = byNumber.map(({ version }) => version);
  expect(new Set(versions)).toEqual(new Set(byNumber.map(({ no }) => no)));
  expect(versions).not.toEqual([...versions].sort((a, b) => a - b));
  await server.stop();
});
