import { normalizeName } from '#lib/domain/seller.ts';
import type { Mark, SeenSeller } from '#lib/messaging/contract.ts';

export type ChangeAction = 'add' | 'flag' | 'unflag';

/** What a mark shows: what the worker said, or what the person has just asked for. */
export interface ShownMark {
  state: Mark['state'];
  times_seen: number;
}

interface Entry {
  seller: SeenSeller;
  confirmed: ShownMark | null;
  /** The change that waits for its answer; the newest, when several do. */
  wanted: { change: number; shown: ShownMark } | null;
  /** Moment (see `moment`) of the last answer to a change: an older lookup knows less. */
  changedAt: number;
}

/** The sellers of one page, distinct, with what is known of each. */
export interface MarkBook {
  note(seller: SeenSeller): string;
  forget(key: string): void;
  shown(key: string): ShownMark | null;
  sellersOf(keys: Iterable<string>): SeenSeller[];
  keys(): string[];
  keysToAdd(): string[];
  keysToFlag(): string[];
  /** To be taken before a lookup is sent and handed to `answerLookup`. */
  moment(): number;
  answerLookup(marks: readonly Mark[], askedAt: number): void;
  begin(keys: readonly string[], action: ChangeAction): number;
  settle(change: number, marks: readonly Mark[]): void;
  rollBack(change: number): void;
  counts(): { sellers: number; new: number };
}

export function createMarkBook(): MarkBook {
  const entries = new Map<string, Entry>();
  let now = 0;
  const shown = (key: string): ShownMark | null => {
    const entry = entries.get(key);
    return entry?.wanted?.shown ?? entry?.confirmed ?? null;
  };
  const keysWhere = (matches: (mark: ShownMark) => boolean): string[] =>
    [...entries.keys()].filter((key) => {
      const mark = shown(key);
      return mark !== null && matches(mark);
    });

  return {
    note(seller) {
      const key = normalizeName(seller.name);
      if (!entries.has(key)) entries.set(key, { seller, confirmed: null, wanted: null, changedAt: 0 });
      return key;
    },
    forget: (key) => void entries.delete(key),
    shown,
    sellersOf: (keys) => [...keys].flatMap((key) => entries.get(key)?.seller ?? []),
    keys: () => [...entries.keys()],
    keysToAdd: () => keysWhere((mark) => mark.state === 'new'),
    keysToFlag: () => keysWhere((mark) => mark.state !== 'flagged'),
    moment: () => ++now,
    answerLookup(marks, askedAt) {
      for (const mark of marks) {
        const entry = entries.get(normalizeName(mark.name));
        if (entry !== undefined && entry.changedAt < askedAt) entry.confirmed = mark;
      }
    },
    begin(keys, action) {
      const change = ++now;
      for (const key of keys) {
        const entry = entries.get(key);
        const before = shown(key);
        if (entry !== undefined && before !== null) entry.wanted = { change, shown: after(before, action) };
      }
      return change;
    },
    settle(change, marks) {
      now++;
      for (const mark of marks) {
        const entry = entries.get(normalizeName(mark.name));
        if (entry === undefined) continue;
        entry.confirmed = mark;
        entry.changedAt = now;
      }
      dropWanted(entries, change);
    },
    rollBack: (change) => dropWanted(entries, change),
    counts: () => ({ sellers: entries.size, new: keysWhere((mark) => mark.state === 'new').length }),
  };
}

function dropWanted(entries: Map<string, Entry>, change: number): void {
  for (const entry of entries.values()) if (entry.wanted?.change === change) entry.wanted = null;
}

function after({ state, times_seen }: ShownMark, action: ChangeAction): ShownMark {
  if (action === 'flag') return { state: 'flagged', times_seen: Math.max(1, times_seen) };
  if (action === 'add' && state !== 'new') return { state, times_seen };
  return { state: 'known', times_seen: Math.max(1, times_seen) };
}
