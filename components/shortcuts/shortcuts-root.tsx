import { useState } from 'react';
import { command } from '#components/shell/command.ts';
import { openCollect } from '#components/shell/open-collect.ts';
import { navigate } from '#components/shell/route.ts';
import { useSession } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { Keyboard } from '#components/ui/icons.ts';
import type { PaletteEntry } from './actions.ts';
import { entriesNow, useActions } from './actions.ts';
import { CommandPalette } from './command-palette.tsx';
import { ariaKeys, withKeys } from './key-words.ts';
import { ShortcutHelp } from './shortcut-help.tsx';
import { useKeyHandler } from './use-key-handler.ts';

/** Keys and palette of the manager: what can be done on every page, and a button for those who know no keys yet. */
export function ShortcutsRoot() {
  const { state } = useSession();
  const [helpOpen, setHelpOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [{ entries, opening }, setOpened] = useState<{ entries: readonly PaletteEntry[]; opening: number }>({
    entries: [],
    opening: 0,
  });
  const connected = state === 'connected';
  useKeyHandler();
  useActions(() => ({
    handlers: {
      palette() {
        setOpened(({ opening: before }) => ({ entries: entriesNow(['palette', 'close']), opening: before + 1 }));
        setPaletteOpen(true);
      },
      help: () => setHelpOpen(true),
      // The status line tells how it went.
      sync: connected ? () => void command('sync.now', {}).catch(() => undefined) : undefined,
      collect: connected ? openCollect : undefined,
      go_overview: () => navigate('overview'),
      go_sellers: () => navigate('sellers'),
      go_runs: () => navigate('runs'),
      go_bookkeeping: () => navigate('bookkeeping'),
      go_data: () => navigate('data'),
      go_settings: () => navigate('settings'),
    },
  }));
  return (
    <>
      <Button
        variant="quiet"
        size="icon"
        aria-label="Keyboard shortcuts"
        aria-keyshortcuts={ariaKeys('help')}
        title={withKeys('Keyboard shortcuts', 'help')}
        className="max-sm:hidden"
        onClick={() => setHelpOpen(true)}
      >
        <Keyboard aria-hidden="true" />
      </Button>
      <ShortcutHelp open={helpOpen} onOpenChange={setHelpOpen} />
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} entries={entries} opening={opening} />
    </>
  );
}
