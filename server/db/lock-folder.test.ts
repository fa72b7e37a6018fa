import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { lockFolder } from './lock-folder.ts';

/** A claim that somebody left behind. */
const left = 'lock.00000000-0000-4000-8000-000000000000';

test('a folder is held by one at a time, and free after the release', async () => {
  const folder = temporaryFolder('lock');
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'unavailable', details: { pid: process.pid } });
  await unlock();
  await (
    await lockFolder(folder)
  )();
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 - 1, started: '1' }],
  ['a process whose number another has by now', { pid: process.ppid, started: 'another time' }],
  ['this process in an earlier life', { pid: process.pid, started: 'another time' }],
])('the lock of %s is taken over', async (_who, holder) => {
  const folder = temporaryFolder('lock');
  await writeFile(join(folder, left), JSON.stringify(holder));
  await lockFolder(folder);
  const [name = '', ...more] = await readdir(folder);
  expect(more).toEqual([]);
  expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toMatchObject({ pid: process.pid });
});

test('so is a lock that was cut off by a crash', async () => {
  const folder = temporaryFolder('lock');
  await writeFile(join(folder, left), '{"pid":');
  await (
    await lockFolder(folder)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test('of many at once never two get the folder, with and without a dead one’s lock', async () => {
  for (const dead of [false, true, false, true]) {
    const folder = temporaryFolder('lock');
    if (dead) await writeFile(join(folder, left), JSON.stringify({ pid: 2 ** 22 - 1, started: '1' }));
    const taken = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    const held = taken.filter(({ status }) => status === 'fulfilled').length;
    expect(held).toBeLessThanOrEqual(1);
    expect(await readdir(folder)).toHaveLength(held);
  }
});
