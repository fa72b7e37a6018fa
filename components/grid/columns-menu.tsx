import { lazy, startTransition, Suspense, useState } from 'react';
import { Settings2 } from '#components/ui/icons.ts';
import { SELECT_WIDTH } from './column-layout.ts';
import type { ColumnsChoice } from './columns-popover.tsx';

interface ColumnsMenuProps<Row> extends ColumnsChoice<Row> {
  /** Pixels to the left of the button and with it. */
  readonly left: number;
}

const load = () => import('./columns-popover.tsx');
const ColumnsPopover = lazy(async () => ({ default: (await load()).ColumnsPopover }));

/** Who presses the button is told when that is in vain. */
function loadAhead(): void {
  load().catch(() => undefined);
}

/** A button at the end of the header. What it opens is loaded once somebody is about to press it: the rows come first. */
export function ColumnsMenu<Row>({ left, ...choice }: ColumnsMenuProps<Row>) {
  const [isWanted, setWanted] = useState(false);
  const button = {
    'aria-label': 'Columns',
    title: 'Columns and row height',
    style: { left: left - SELECT_WIDTH },
    className:
      'absolute top-0 z-20 grid h-[35px] w-9 place-items-center bg-surface text-muted outline-offset-[-2px] hover:text-foreground aria-expanded:text-foreground',
    children: <Settings2 aria-hidden="true" className="size-4" />,
  };
  const before = (
    <button
      {...button}
      type="button"
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={loadAhead}
      onFocus={loadAhead}
      onClick={() => startTransition(() => setWanted(true))}
    />
  );
  if (!isWanted) return before;
  return (
    <Suspense fallback={before}>
      <ColumnsPopover button={button} {...choice} />
    </Suspense>
  );
}
