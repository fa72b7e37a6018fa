import type { PageMutation } from '#lib/messaging/contract.ts';
import type { ChosenRows, MarkChange, PackedTargets } from '#lib/query/query.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { derivedId } from '#lib/shared/derived-id.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { MAX_TARGETS, pieceId } from '#lib/store/mutation-pieces.ts';
import { packTargets } from '#lib/store/packed-targets.ts';
import type { AttentionEntry, Target } from '#lib/store/types.ts';

/** What is done to sellers from the list; `never_again`: runs pass them over from then on. */
export type SellerMark = MarkChange | { readonly op: 'delete'; readonly never_again: true };

/** Fields that a person types. */
export type TypedFields = { readonly display_name: string } | { readonly note: string | null };

/** A change that the store holds, and what takes it back. */
export interface SellerChange {
  readonly sellers: number;
  /** Why no more of them could be stored, as when the disk became full half-way. */
  readonly failure: AppError | null;
  /** Throws `nothing_to_undo` when the server has refused the change since. */
  undo(): Promise<void>;
}

export interface SellerChanges {
  /**
   * Flags, takes flags away or deletes: those of the chosen rows that need it; `null` when none does.
   * `many`: shown at once, before the store has it. `progress` hears how many it has. Throws the
   * background's AppError when nothing could be stored; what is shown and not stored is taken back.
   */
  mark(
    chosen: ChosenRows,
    change: SellerMark,
    many: boolean,
    progress?: (done: number, of: number) => void,
  ): Promise<SellerChange | null>;
  /** Takes a seller's name or note from one to another. */
  edit<T extends TypedFields>(target: Target, from: T, to: T): Promise<SellerChange>;
}

export interface SellerChangesOptions {
  readonly send: (mutations: PageMutation[]) => Promise<unknown>;
  readonly choose: (chosen: ChosenRows, change: MarkChange, id: string | null) => Promise<PackedTargets>;
  readonly assume: (id: string, change: MarkChange, nos: Float64Array) => void;
  readonly settle: (id: string, end: 'landed' | 'takeBack') => void;
  readonly refused: () => Promise<readonly Pick<AttentionEntry, 'id'>[]>;
  /** Resolves when the page has painted what is shown now. */
  readonly untilPainted: () => Promise<void>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Targets of one command: a person hears how far it is. */
const MOST_TARGETS = 10_000;
/** Targets that are sent in less time than a frame takes. */
const FEW = 2500;

export function createSellerChanges(options: SellerChangesOptions): SellerChanges {
  const { send, choose, assume, settle, refused, untilPainted, now, newId } = options;
  /** Changes reach the store in the order in which they were shown. */
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function store(
    id: string,
    { nos, ids }: PackedTargets,
    change: SellerMark,
    progress?: (done: number, of: number) => void,
  ): Promise<Stored> {
    const edited_at = now();
    const data = dataOf(change);
    for (let from = 0; from < nos.length; from += MOST_TARGETS) {
      const to = Math.min(nos.length, from + MOST_TARGETS);
      const targets = packTargets(nos.subarray(from, to), ids.subarray(from * 16, to * 16));
      try {
        await send([{ id: partId(id, from), table: 'sellers', op: change.op, targets, data, edited_at }]);
      } catch (thrown) {
        if (from === 0) throw thrown;
        return { rows: from, failure: toAppError(thrown) };
      }
      progress?.(to, nos.length);
    }
    return { rows: nos.length, failure: null };
  }

  async function storeShown(...[id, rows, ...rest]: Parameters<typeof store>): Promise<Stored> {
    try {
      const stored = await inTurn(async () => {
        if (rows.nos.length > FEW) await untilPainted();
        return store(id, rows, ...rest);
      });
      // Landed, a change stays shown only as far as the store has it.
      settle(id, 'landed');
      return stored;
    } catch (thrown) {
      settle(id, 'takeBack');
      throw thrown;
    }
  }

  async function throwIfRefused(ids: readonly string[]): Promise<void> {
    const entries = new Set((await refused()).map(({ id }) => id));
    if (ids.every((id) => entries.has(id))) throw new AppError('nothing_to_undo');
  }

  async function undoMark(id: string, rows: PackedTargets, change: MarkChange, many: boolean): Promise<void> {
    await throwIfRefused(entryIds(id, rows.nos.length));
    const back = newId();
    if (many) assume(back, change, rows.nos);
    const { failure } = await (many ? storeShown(back, rows, change) : inTurn(() => store(back, rows, change)));
    if (failure !== null) throw failure;
  }

  async function setFields(id: string, { id: row, no }: Target, fields: TypedFields): Promise<void> {
    const targets = [{ id: row, no }];
    await inTurn(() => send([{ id, table: 'sellers', op: 'update', targets, data: { ...fields }, edited_at: now() }]));
  }

  return {
    async mark(chosen, change, many, progress) {
      const id = newId();
      const rows = await choose(chosen, change, many ? id : null);
      const stored = await (many ? storeShown(id, rows, change, progress) : inTurn(() => store(id, rows, change)));
      const { rows: sellers, failure } = stored;
      const done = { nos: rows.nos.subarray(0, sellers), ids: rows.ids.subarray(0, sellers * 16) };
      return sellers === 0 ? null : { sellers, failure, undo: () => undoMark(id, done, opposite(change), many) };
    },
    async edit(target, from, to) {
      const id = newId();
      await setFields(id, target, to);
      return {
        sellers: 1,
        failure: null,
        async undo() {
          await throwIfRefused([id]);
          await setFields(newId(), target, from);
        },
      };
    },
  };
}

/** How many of the rows are stored, and why no more. */
interface Stored {
  readonly rows: number;
  readonly failure: AppError | null;
}

function dataOf(change: SellerMark): Record<string, unknown> {
  if (change.op === 'flag') return { flagged: change.flagged };
  return 'never_again' in change ? { never_again: true } : {};
}

function opposite(change: SellerMark): MarkChange {
  if (change.op === 'flag') return { op: 'flag', flagged: !change.flagged };
  return { op: change.op === 'delete' ? 'restore' : 'delete' };
}

/** Id of the command whose first target is the one at `from`. */
function partId(id: string, from: number): string {
  return from === 0 ? id : derivedId(id, `from ${from}`);
}

/** The outbox entries that a change of so many rows becomes. */
function entryIds(id: string, rows: number): string[] {
  return Array.from({ length: Math.ceil(rows / MAX_TARGETS) }, (_, piece) => {
    const first = piece * MAX_TARGETS;
    return pieceId(partId(id, first - (first % MOST_TARGETS)), (first % MOST_TARGETS) / MAX_TARGETS);
  });
}
