import { useCallback, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import type { Workspace } from '#components/shell/session.ts';
import { count, formatNumber } from '#components/ui/format.ts';
import type { Selection } from '#components/grid/selection.ts';
import { normalizeName } from '#lib/domain/seller.ts';
import type { ChosenRows } from '#lib/query/query.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { numbersIn } from '#lib/shared/number-runs.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { afterEditing, type EditedField } from './edited-field.ts';
import { type LastChange, useLastChange } from './last-change.ts';
import type { SellerActions } from './seller-actions.ts';
import type { SellerChange, SellerMark } from './seller-changes.ts';
import { createSellerChanges } from './seller-changes.ts';
import type { SellerView } from './seller-view.ts';

export interface PageActions {
  readonly row: SellerActions;
  markSelection(selection: Selection, change: SellerMark): void;
  markRows(nos: Float64Array, change: SellerMark): void;
  /** A change that was made elsewhere on the page: said, and the next to be taken back. */
  done(words: string, change: SellerChange): void;
  /** The last change, while it can be taken back. */
  readonly undo: (() => Promise<void>) | null;
}

let toasts = 0;

/**
 * One toast for what was done last: the next change replaces it. What is said under the id of one that is just leaving
 * (200 ms) leaves with it, so then it has another.
 */
function toastId(): string {
  if (document.querySelector('[data-sonner-toast][data-removed="true"]') !== null) toasts += 1;
  return `sellers-change-${toasts}`;
}

interface PageParts {
  readonly client: QueryClient;
  readonly view: SellerView;
  readonly workspace: Workspace;
  /** Shows what the server refused. */
  readonly onReview: () => void;
  /** Shows the details of a seller. */
  readonly onOpen: (no: number) => void;
}

export function useSellerPageActions({ client, view, workspace, onReview, onOpen }: PageParts): PageActions {
  const [edited, setEdited] = useState<EditedField | null>(null);
  const [last, setLast] = useLastChange(workspace.connection.store_key);
  const changes = useMemo(
    () =>
      createSellerChanges({
        send: (mutations) => command('mutate', { mutations, store_key: workspace.connection.store_key }),
        choose: view.choose,
        assume: client.assume,
        settle: client.settle,
        refused: () => workspace.reader.attention(),
        untilPainted,
        now: Date.now,
        newId: () => crypto.randomUUID(),
      }),
    [client, view, workspace],
  );

  const takeBack = useCallback(
    async (undo: LastChange) => {
      setLast(null);
      try {
        await undo.change.undo();
        toast(`Undone: ${undo.words}`, { id: toastId(), action: null });
      } catch (thrown) {
        // What was refused cannot be undone later either.
        if (toAppError(thrown).code !== 'nothing_to_undo') setLast(undo);
        toast.error(errorWords(thrown), { id: toastId(), action: null });
      }
    },
    [setLast],
  );

  const done = useCallback(
    (words: string, change: SellerChange) => {
      const undo = { words, change };
      setLast(undo);
      const { failure } = change;
      const say = failure === null ? toast : toast.error;
      say(failure === null ? words : `${words} only. ${failure.message}`, {
        id: toastId(),
        action: { label: 'Undo', onClick: () => void takeBack(undo) },
      });
    },
    [setLast, takeBack],
  );

  const mark = useCallback(
    async (chosen: ChosenRows, change: SellerMark, name: string | null) => {
      try {
        const made = await changes.mark(chosen, change, name === null, (ready, of) => {
          if (ready === of) return;
          toast.loading(`${verbs(change)} ${formatNumber(ready)} of ${formatNumber(of)}`, {
            id: toastId(),
            action: null,
          });
        });
        if (made === null) toast(nothingWords(change), { id: toastId(), action: null });
        else done(`${verbs(change)} ${name ?? count(made.sellers, 'seller')}${consequence(change)}`, made);
      } catch (thrown) {
        toast.error(errorWords(thrown), { id: toastId(), action: null });
      }
    },
    [changes, done],
  );

  const row = useMemo<SellerActions>(
    () => ({
      edited,
      startEdit: setEdited,
      endEdit: (field) => setEdited((before) => afterEditing(before, field)),
      async rename({ id, no, display_name }, name) {
        await throwIfTaken(display_name, name);
        const change = await changes.edit({ id, no }, { display_name }, { display_name: name });
        done(`Renamed ${display_name} to ${name}`, change);
      },
      async setNote({ id, no, display_name }, from, to) {
        const words = to === null ? 'Removed the note on' : 'Noted';
        done(`${words} ${display_name}`, await changes.edit({ id, no }, { note: from }, { note: to }));
      },
      open({ no }) {
        setEdited(null);
        onOpen(no);
      },
      review: onReview,
      setFlag: ({ no, display_name }, flagged) => void mark(chosenRow(no), { op: 'flag', flagged }, display_name),
      remove: ({ no, display_name }, neverAgain) => void mark(chosenRow(no), deletion(neverAgain), display_name),
    }),
    [changes, done, edited, mark, onOpen, onReview],
  );

  return {
    row,
    done,
    markSelection: (selection, change) => void mark(chosenRows(selection), change, null),
    markRows: (handles, change) => void mark({ kind: 'some', handles }, change, null),
    undo: last === null ? null : () => takeBack(last),
  };
}

export function deletion(neverAgain: boolean): SellerMark {
  return neverAgain ? { op: 'delete', never_again: true } : { op: 'delete' };
}

/** Throws `name_taken` when this browser knows another seller of that name; the server knows it for certain. */
async function throwIfTaken(from: string, to: string): Promise<void> {
  if (normalizeName(from) === normalizeName(to)) return;
  const { marks } = await command('marks.lookup', { names: [to] });
  if (marks.every(({ state }) => state === 'new')) return;
  throw new AppError('name_taken', {
    message: `Another seller is called ${to} already. Choose another name, or delete one of the two.`,
  });
}

/** A page that is not in view paints no frames: it waits no longer than this. */
const FRAME_MS = 100;

function untilPainted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, FRAME_MS);
    // What comes then is no part of the frame.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

function verbs(change: SellerMark): string {
  if (change.op === 'flag') return change.flagged ? 'Flagged' : 'Unflagged';
  return change.op === 'delete' ? 'Deleted' : 'Restored';
}

function consequence(change: SellerMark): string {
  return 'never_again' in change ? '; runs pass over it from now on' : '';
}

function nothingWords(change: SellerMark): string {
  if (change.op !== 'flag') return 'Deleted already';
  return change.flagged ? 'Flagged already' : 'Not flagged anyway';
}

/** The selection as the query worker takes it. */
export function chosenRows(selection: Selection): ChosenRows {
  if (selection.kind === 'some') return { kind: 'some', handles: numbersIn(selection.runs) };
  return { kind: 'all', except: numbersIn(selection.exceptRuns) };
}

const chosenRow = (no: number): ChosenRows => ({ kind: 'some', handles: Float64Array.of(no) });
