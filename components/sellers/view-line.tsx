import { useState } from 'react';
import { toast } from 'sonner';
import { NameForm } from '#components/runs/name-form.tsx';
import { errorWords } from '#components/shell/error-words.ts';
import { routeHash } from '#components/shell/route.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import { Button } from '#components/ui/button.tsx';
import { Check, Copy, Pencil, RefreshCw, Trash2 } from '#components/ui/icons.ts';
import type { SellerView } from '#lib/protocol/seller-views.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { useSellerViewCommands } from './use-seller-views.ts';

interface ViewLineProps {
  readonly view: SellerView;
  readonly isShown: boolean;
  /** What is shown was this view before it was changed. */
  readonly canUpdate: boolean;
  readonly rename: ReturnType<typeof useSellerViewCommands>['change'];
  readonly onShow: () => void;
  readonly onUpdate: () => void;
  readonly onDelete: () => void;
}

/** One saved view. Its creator and holders of `settings.manage` may change it, while the server can be reached. */
export function ViewLine({ view, isShown, canUpdate, rename, onShow, onUpdate, onDelete }: ViewLineProps) {
  const [doing, setDoing] = useState<'rename' | 'delete' | null>(null);
  const { connection } = useWorkspace();
  const manages = usePermission('settings.manage');
  const reachable = useReachable();
  const done = () => setDoing(null);
  if (doing === 'rename') {
    return (
      <li className="px-1 py-1">
        <NameForm
          label="New name of the view"
          action="Rename view"
          initial={view.name}
          command={rename}
          onName={(name) => rename.mutate({ id: view.id, name }, { onSuccess: done })}
          onCancel={done}
        />
      </li>
    );
  }
  if (doing === 'delete') {
    return (
      <li className="flex items-center gap-2 px-1 py-1">
        <span className="min-w-0 flex-1 wrap-anywhere">Delete “{view.name}” for everybody?</span>
        <Button size="sm" variant="danger" onClick={onDelete}>
          Delete
        </Button>
        <Button size="sm" autoFocus onClick={done}>
          Keep
        </Button>
      </li>
    );
  }
  const mayChange = reachable && (manages || view.created_by === connection.user_id);
  const buttons = [
    {
      name: 'Copy link to',
      title: 'Copy a link to this view',
      icon: Copy,
      shown: true,
      act: () => void copyLink(view),
    },
    {
      name: 'Update',
      title: 'Put what is shown into this view',
      icon: RefreshCw,
      shown: mayChange && canUpdate,
      act: onUpdate,
    },
    {
      name: 'Rename',
      title: 'Rename this view',
      icon: Pencil,
      shown: mayChange,
      act: () => {
        rename.reset();
        setDoing('rename');
      },
    },
    { name: 'Delete', title: 'Delete this view', icon: Trash2, shown: mayChange, act: () => setDoing('delete') },
  ];
  return (
    <li className="flex items-center rounded-md hover:bg-hover">
      <button
        type="button"
        aria-current={isShown ? 'true' : undefined}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-1 text-left"
        onClick={onShow}
      >
        <Check aria-hidden="true" className={isShown ? 'size-4 shrink-0 text-accent' : 'size-4 shrink-0 opacity-0'} />
        <span className="truncate" title={view.name}>
          {view.name}
        </span>
      </button>
      {buttons
        .filter(({ shown }) => shown)
        .map(({ name, title, icon: Icon, act }) => (
          <Button
            key={name}
            variant="ghost"
            size="icon"
            aria-label={`${name} view ${view.name}`}
            title={title}
            onClick={act}
          >
            <Icon aria-hidden="true" />
          </Button>
        ))}
    </li>
  );
}

async function copyLink({ id, name }: SellerView): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(routeHash('sellers', { view: id }), location.href).href);
    toast(`Copied a link to view “${name}”`);
  } catch (cause) {
    toast.error(errorWords(new AppError('clipboard_refused', { cause })));
  }
}
