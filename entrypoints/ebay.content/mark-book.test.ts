import { expect, test } from 'vitest';
import { createMarkBook } from './mark-book.ts';

const seen = (name: string) => ({ name, feedback_percent: 99, feedback_count: 5 });
const mark = (name: string, state: 'new' | 'known' | 'flagged', times_seen = 1) => ({ name, state, times_seen });

test('counts distinct sellers, whatever the case of their names', () => {
  const book = createMarkBook();
  for (const name of ['Anna', 'anna', 'ANNA ', 'bob']) book.note(seen(name));
  book.answerLookup([mark('Anna', 'new', 0), mark('bob', 'known')], book.moment());
  expect(book.counts()).toEqual({ sellers: 2, new: 1 });
  expect(book.keysToAdd()).toEqual(['anna']);
});

test('a change shows at once, and goes back when it failed', () => {
  const book = createMarkBook();
  const key = book.note(seen('anna'));
  book.answerLookup([mark('anna', 'new', 0)], book.moment());
  const change = book.begin([key], 'flag');
  expect(book.shown(key)).toMatchObject({ state: 'flagged', times_seen: 1 });
  book.rollBack(change);
  expect(book.shown(key)).toMatchObject({ state: 'new', times_seen: 0 });
});

test('an older lookup that answers late does not undo a change', () => {
  const book = createMarkBook();
  const key = book.note(seen('anna'));
  book.answerLookup([mark('anna', 'known')], book.moment());
  const askedAt = book.moment();
  const change = book.begin([key], 'flag');
  book.settle(change, [mark('anna', 'flagged')]);
  book.answerLookup([mark('anna', 'known')], askedAt);
  expect(book.shown(key)?.state).toBe('flagged');
  book.answerLookup([mark('anna', 'known', 4)], book.moment());
  expect(book.shown(key)).toMatchObject({ state: 'known', times_seen: 4 });
});

test('the answer to a change does not undo a newer one that still waits', () => {
  const book = createMarkBook();
  const key = book.note(seen('anna'));
  book.answerLookup([mark('anna', 'known')], book.moment());
  const flag = book.begin([key], 'flag');
  const unflag = book.begin([key], 'unflag');
  book.settle(flag, [mark('anna', 'flagged')]);
  expect(book.shown(key)?.state).toBe('known');
  book.rollBack(unflag);
  expect(book.shown(key)?.state).toBe('flagged');
});

test('adding what is flagged leaves it flagged; unflagging leaves it known', () => {
  const book = createMarkBook();
  const key = book.note(seen('anna'));
  book.answerLookup([mark('anna', 'flagged')], book.moment());
  book.begin([key], 'add');
  expect(book.shown(key)?.state).toBe('flagged');
  book.begin([key], 'unflag');
  expect(book.shown(key)?.state).toBe('known');
});
