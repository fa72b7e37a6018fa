import { normalizeName } from '#lib/domain/seller.ts';
import type { ColumnStore } from './column-store.ts';
import type { Condition, Query } from './query.ts';

/** One thing that a name must be; all of them together are what a query says of names. */
interface NameTest {
  readonly match: 'contains' | 'prefix' | 'exact';
  readonly text: string;
}

/** The slots whose names a query wants, kept from one query to the next and up to date with what changes. */
export interface NameSearch {
  /** A byte for each slot (dead ones too), or null when every name will do. */
  find(query: Query): Uint8Array | null;
  /** Names of these slots are others, or new; null: any may be. */
  touch(slots: ArrayLike<number> | null): void;
}

export function createNameSearch(store: ColumnStore): NameSearch {
  let tests: readonly NameTest[] = [];
  let found: Uint8Array | null = null;

  function keep({ match, text }: NameTest, marks: Uint8Array): void {
    store.keepMatching(text, marks);
    if (match === 'contains') return;
    for (let slot = 0; slot < marks.length; slot++) {
      if (marks[slot] === 1 && !passes(store.name(slot), { match, text })) marks[slot] = 0;
    }
  }

  return {
    find(query) {
      const wanted = testsOf(query);
      // Whatever contains the longer text contains the shorter one: typing on narrows what is there.
      const narrows =
        found !== null &&
        found.length >= store.slots &&
        tests.every((test) => wanted.some((next) => implies(next, test)));
      const known = narrows ? tests : [];
      if (wanted.length === 0) found = null;
      else {
        found = narrows && found !== null ? found : new Uint8Array(store.slots).fill(1);
        for (const test of wanted) if (!known.some((one) => isSame(one, test))) keep(test, found);
      }
      tests = wanted;
      return found?.subarray(0, store.slots) ?? null;
    },
    touch(slots) {
      if (found === null) return;
      if (slots === null) {
        found = null;
        return;
      }
      if (found.length < store.slots) {
        const longer = new Uint8Array(Math.ceil(store.slots * 1.1));
        longer.set(found);
        found = longer;
      }
      for (let at = 0; at < slots.length; at++) {
        const slot = slots[at] ?? 0;
        const name = store.name(slot);
        found[slot] = Number(tests.every((test) => passes(name, test)));
      }
    },
  };
}

function testsOf({ search, where }: Query): NameTest[] {
  const tests = [{ match: 'contains' as const, text: normalizeName(search) }, ...where.flatMap(testsOfCondition)];
  return tests.filter(({ match, text }) => text !== '' || match === 'exact');
}

function testsOfCondition(condition: Condition): NameTest[] {
  if (condition.column !== 'display_name') return [];
  const text = normalizeName(condition.text);
  if (condition.match !== 'words') return [{ match: condition.match, text }];
  return text.split(' ').map((word) => ({ match: 'contains', text: word }));
}

function passes(name: string, { match, text }: NameTest): boolean {
  if (match === 'contains') return name.includes(text);
  return match === 'prefix' ? name.startsWith(text) : name === text;
}

/** Whether every name that passes `a` passes `b`. */
function implies(a: NameTest, b: NameTest): boolean {
  if (b.match === 'contains') return a.text.includes(b.text);
  if (b.match === 'prefix') return a.match !== 'contains' && a.text.startsWith(b.text);
  return isSame(a, b);
}

function isSame(a: NameTest, b: NameTest): boolean {
  return a.match === b.match && a.text === b.text;
}
