import { expect, it } from 'vitest';
import { createFieldLife } from './unsaved-text.ts';

it('says that a field is gone, but not when its effects are only done again', async () => {
  const life = createFieldLife();
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
