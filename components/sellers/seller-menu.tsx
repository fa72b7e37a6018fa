import type { ReactNode, Ref } from 'react';
import { useImperativeHandle, useRef } from 'react';
import { keyParts } from '#components/shortcuts/key-words.ts';
import type { ShortcutId } from '#components/shortcuts/shortcuts.ts';
import { shortcutOf } from '#components/shortcuts/shortcuts.ts';
import { count } from '#components/ui/format.ts';
import {
  Ban,
  Copy,
  ExternalLink,
  Flag,
  FlagOff,
  PanelRight,
  Pencil,
  StickyNote,
  Trash2,
} from '#components/ui/icons.ts';
import { MenuAt, MenuEntry, MenuLine } from '#components/ui/menu.tsx';
import type { SellerTarget } from './seller-target.ts';
import type { OpenSellerMenu, SellerMenuParts } from './use-seller-menu.ts';
import { useSellerMenu } from './use-seller-menu.ts';

const entries: readonly (readonly [ShortcutId, ReactNode] | null)[] = [
  ['flag', null],
  null,
  ['open', <PanelRight key="open" />],
  ['ebay', <ExternalLink key="ebay" />],
  ['copy', <Copy key="copy" />],
  null,
  ['edit', <Pencil key="edit" />],
  ['note', <StickyNote key="note" />],
  null,
  ['delete', <Trash2 key="delete" />],
  ['delete_never', <Ban key="never" />],
];

/**
 * What can be done to one row, or to the selected ones when it is of them. `ref` gets what opens it: that it is open is
 * known here alone, so that the list is not drawn for it.
 */
export function SellerMenu({ ref, ...parts }: SellerMenuParts & { readonly ref: Ref<OpenSellerMenu> }) {
  const chosen = useRef<(() => void) | null>(null);
  const { shown, isOpen, open, close } = useSellerMenu(parts);
  useImperativeHandle(ref, () => open, [open]);
  if (shown === null) return null;
  const { target, at, handlers } = shown;
  const name = target.seller?.display_name ?? count(target.count, 'seller');
  return (
    <MenuAt
      label={name}
      open={isOpen}
      at={at}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      chosen={chosen}
    >
      {entries.map((entry, position) => {
        if (entry === null) return <MenuLine key={position} />;
        const [id, icon] = entry;
        const run = handlers[id];
        if (run === undefined) return null;
        const keys = shortcutOf(id).keys[0];
        return (
          <MenuEntry
            key={id}
            icon={id !== 'flag' ? icon : target.lead?.flagged === true ? <FlagOff /> : <Flag />}
            keys={keys === undefined ? undefined : keyParts(keys)}
            danger={id === 'delete' || id === 'delete_never'}
            onClick={() => {
              chosen.current = run;
            }}
          >
            {entryWords(id, target)}
          </MenuEntry>
        );
      })}
    </MenuAt>
  );
}

function entryWords(id: ShortcutId, { seller, count: sellers, lead }: SellerTarget): string {
  const many = seller === null ? ` ${count(sellers, 'seller')}` : '';
  if (id === 'flag') return `${lead?.flagged === true ? 'Unflag' : 'Flag'}${many}`;
  if (id === 'copy') return seller === null ? `Copy ${count(sellers, 'name')}` : 'Copy name';
  if (id === 'delete') return `Delete${many}`;
  return shortcutOf(id).title;
}
