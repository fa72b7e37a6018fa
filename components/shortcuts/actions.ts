import { useEffect } from 'react';
import { useLatest } from '#components/grid/use-latest.ts';
import type { ActionGroup, ShortcutId } from './shortcuts.ts';
import { shortcuts } from './shortcuts.ts';

/** What can be done now, by shortcut; what is missing or undefined cannot. */
export type Handlers = { readonly [Id in ShortcutId]?: (() => void) | undefined };

/** Something for the palette that has no keys and depends on the page, as a filter or an order. */
export interface Choice {
  readonly title: string;
  readonly group: ActionGroup;
  readonly run: () => void;
}

export interface Actions {
  readonly handlers: Handlers;
  readonly choices?: readonly Choice[];
}

type Offer = { readonly current: () => Actions };
/** Of what is on the screen now; what came last has the say. */
const offers = new Set<Offer>();

/**
 * Offers actions to keys and palette for as long as the component is there. Asked anew for each key and each opening
 * of the palette: what is possible depends on where the focus is.
 */
export function useActions(offer: () => Actions): void {
  const latest = useLatest(offer);
  useEffect(() => {
    offers.add(latest);
    return () => {
      offers.delete(latest);
    };
  }, [latest]);
}

export function handlersNow(): Handlers {
  const all = [...offers].map(({ current }) =>
    Object.entries(current().handlers).filter(([, run]) => run !== undefined),
  );
  return Object.fromEntries(all.flat()) as Handlers;
}

export interface PaletteEntry extends Choice {
  readonly keys: readonly string[];
}

/** Everything that can be done now but for what only keys are good for; `except`: what the palette itself makes needless. */
export function entriesNow(except: readonly ShortcutId[]): PaletteEntry[] {
  const handlers = handlersNow();
  const named = shortcuts.flatMap(({ id, title, group, keys }): PaletteEntry[] => {
    const run = handlers[id];
    return run === undefined || group === 'Move' || except.includes(id) ? [] : [{ title, group, keys, run }];
  });
  const choices = [...offers].flatMap(({ current }) => current().choices ?? []);
  return [...named, ...choices.map((choice) => ({ ...choice, keys: [] }))];
}
