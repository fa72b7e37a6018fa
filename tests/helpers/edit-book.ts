import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { creationHandle, derivedId } from '#lib/shared/derived-id.ts';
import type { Api } from './api.ts';
import type { CommandAnswer } from './send-command.ts';
import { sendCommand } from './send-command.ts';

type EditPage = Pick<Page, 'evaluate'>;

/** `flags`: twenty sellers in one mutation; `add`: as the overlay adds one. */
export const editKinds = ['flag', 'flags', 'rename', 'create', 'add', 'delete'] as const;
export type EditKind = (typeof editKinds)[number];

export interface Edit {
  readonly kind: EditKind;
  /** Id of the mutation. */
  readonly id: string;
  readonly op: 'flag' | 'update' | 'create' | 'delete';
  /** Ids of the rows that it is about; no other edit of the book is about them. */
  readonly rows: readonly string[];
  /** New name of the row, for those that give one. */
  readonly name: string | null;
  /** The command was answered: from then on it must not be lost. */
  answered: boolean;
  /** Code of the refusal, if it was refused. */
  error?: string;
}

interface Seller {
  readonly id: string;
  readonly no: number;
  readonly display_name: string;
  readonly flagged: boolean;
}

/** Edits made through the extension's own commands, each of other sellers, and what must become of them. */
export interface EditBook {
  readonly edits: readonly Edit[];
  make(page: EditPage, kind: EditKind): Promise<Edit>;
  /** A seller that no edit is about yet, for one made on the screen; the book expects it flagged once. */
  takeForFlag(): Seller;
  /** Ids of the answered edits that the server has not applied. */
  missing(remote: Api): Promise<string[]>;
  /** Fails unless every answered edit took effect exactly once, every other one at most once, and nothing else did. */
  expectEachOnce(remote: Api): Promise<void>;
}

/** `mark` makes the names of new sellers unique. */
export function createEditBook(sellers: Iterable<Seller>, mark: string): EditBook {
  const free = [...sellers].filter(({ flagged }) => !flagged);
  const edits: Edit[] = [];

  function take(count: number): Seller[] {
    const taken = free.splice(0, count);
    if (taken.length < count) throw new Error('no seller is left to edit');
    return taken;
  }

  function planned(kind: EditKind): { edit: Edit; send: (page: EditPage) => Promise<CommandAnswer | null> } {
    const id = crypto.randomUUID();
    const name = ['rename', 'create', 'add'].includes(kind) ? `${mark}-${kind}-${edits.length}` : null;
    if (kind === 'add') {
      const edit = { kind, op: 'create', id: derivedId(id, `add ${name}`), name, answered: false } as const;
      const seen = { name: name ?? '', feedback_percent: 99, feedback_count: 5 };
      const input = { id, action: 'add' as const, sellers: [seen], edited_at: Date.now() };
      return {
        edit: { ...edit, rows: [derivedId(id, `row ${name}`)] },
        send: (page) => sendCommand(page, 'marks.change', input),
      };
    }
    const op = ({ flag: 'flag', flags: 'flag', rename: 'update', create: 'create', delete: 'delete' } as const)[kind];
    const made = crypto.randomUUID();
    const targets = kind === 'create' ? [{ id: made, no: creationHandle(made) }] : take(kind === 'flags' ? 20 : 1);
    const data = op === 'flag' ? { flagged: true } : name === null ? {} : { display_name: name };
    const mutation = {
      id,
      table: 'sellers',
      op,
      targets: targets.map((target) => ({ id: target.id, no: target.no })),
      data,
      edited_at: Date.now(),
    } as const;
    return {
      edit: { kind, op, id, rows: targets.map((target) => target.id), name, answered: false },
      send: (page) => sendCommand(page, 'mutate', { mutations: [mutation] }),
    };
  }

  return {
    edits,
    async make(page, kind) {
      const { edit, send } = planned(kind);
      edits.push(edit);
      const answer = await send(page);
      edit.answered = answer?.ok === true;
      if (answer?.error !== undefined) edit.error = answer.error.code;
      return edit;
    },
    takeForFlag() {
      const [seller] = take(1);
      if (seller === undefined) throw new Error('no seller is left to edit');
      edits.push({ kind: 'flag', op: 'flag', id: '', rows: [seller.id], name: null, answered: true });
      return seller;
    },
    async missing(remote) {
      const times = await appliedTimes(remote);
      return edits.filter((edit) => edit.answered && times(edit) === 0).map(({ id }) => id);
    },
    async expectEachOnce(remote) {
      const times = await appliedTimes(remote);
      const wrong = edits.filter((edit) => (edit.answered ? times(edit) !== 1 : times(edit) > 1));
      expect(wrong.map((edit) => ({ ...edit, applied: times(edit) }))).toEqual([]);
      const rows = await remote.pullAll('sellers');
      for (const edit of edits.filter((each) => times(each) === 1)) {
        for (const id of edit.rows) {
          const row = rows.get(id);
          if (edit.op === 'delete') expect(row).toBeUndefined();
          else if (edit.op === 'flag') expect(row?.flagged, JSON.stringify(edit)).toBe(true);
          else expect(row?.display_name, JSON.stringify(edit)).toBe(edit.name);
        }
      }
    },
  };
}

/** How often the audit trail says that an edit was applied. */
async function appliedTimes(remote: Api): Promise<(edit: Edit) => number> {
  const entries = [...(await remote.pullAll('activity')).values()].filter(({ run_id: run }) => run === null);
  const counts = new Map<string, number>();
  for (const { kind, record_ids: ids } of entries) {
    for (const id of ids) counts.set(`${kind} ${id}`, (counts.get(`${kind} ${id}`) ?? 0) + 1);
  }
  return ({ op, rows }) => Math.max(...rows.map((id) => counts.get(`sellers.${op} ${id}`) ?? 0));
}
