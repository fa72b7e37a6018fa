import { expect, it } from 'vitest';
import { createFieldLife } from './unsaved-text.ts';

it('says that a field is gone, but not when its effects are only done again', async () => {
  const life = createFieldLife('note 1');
  let told = 0;
  life.begin();
  life.end(() => told++);
  life.begin();
  await Promise.resolve();
  expect([life.isGone(), told]).toEqual([false, 0]);
  life.end(() => told++);
  await Promise.resolve();
  expect([life.isGone(), told]).toEqual([true, 1]);
});

it('says nothing of a field that is at another place at once, with the row it is in', async () => {
  const [before, after] = [createFieldLife('name 2'), createFieldLife('name 2')];
  const told: string[] = [];
  before.begin();
  before.end(() => told.push('before'));
  after.begin();
  await Promise.resolve();
  expect(told).toEqual([]);
  after.end(() => told.push('after'));
  await Promise.resolve();
  expect(told).toEqual(['after']);
});
