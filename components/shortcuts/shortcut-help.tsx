import { Fragment } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { keyParts } from './key-words.ts';
import type { Shortcut } from './shortcuts.ts';
import { groups, shortcuts } from './shortcuts.ts';

/** All shortcuts, by what they are for. */
export function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const withKeys: readonly Shortcut[] = shortcuts.filter(({ keys }) => keys.length > 0);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="max-w-3xl">
      {/* Chrome lets the arrow keys scroll what has the focus. */}
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => {
          const some = withKeys.filter((shortcut) => shortcut.group === group);
          if (some.length === 0) return null;
          return (
            <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-[12px] leading-4 text-muted">{group}</h3>
              <dl>
                {some.map(({ id, title, keys }) => (
                  <div key={id} className="flex min-h-7 items-center justify-between gap-3">
                    <dt>{title}</dt>
                    <dd className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1">
                      {keys.map((key, at) => (
                        <Fragment key={key}>
                          {at > 0 && <span className="text-[12px] text-muted">or</span>}
                          <Kbd parts={keyParts(key)} />
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
