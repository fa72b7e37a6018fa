import { routeHash } from '#components/shell/route.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { useRunName, useStoredFields } from './stored-fields-provider.tsx';

/** An empty value. */
export function Unknown() {
  return (
    <span className="text-muted" aria-label="not known">
      –
    </span>
  );
}

/** The name of a run, which leads to it. */
export function RunCell({ id, tabIndex }: { id: string | null; tabIndex: -1 }) {
  return id === null ? <Unknown /> : <KnownRun id={id} tabIndex={tabIndex} />;
}

function KnownRun({ id, tabIndex }: { id: string; tabIndex: -1 }) {
  const name = useRunName(id);
  if (name === undefined) return <span className="truncate text-muted">a run that is not here</span>;
  return (
    <a
      href={routeHash('runs', { run: id })}
      tabIndex={tabIndex}
      title={name}
      className="truncate hover:text-accent hover:underline"
    >
      {/* The name that a run has by itself ends with what tells it from others. */}
      {name.replace(/^Collection (?=\d{4}-)/, '')}
    </a>
  );
}

export function NoteCell({ row }: { row: SellerRow }) {
  const fields = useStoredFields(row.no);
  if (!row.has_note) return null;
  if (fields === undefined) return <Skeleton className="w-3/5" />;
  return (
    <span title={fields.note ?? undefined} className="truncate">
      {fields.note}
    </span>
  );
}

export function PlatformIdCell({ row }: { row: SellerRow }) {
  const fields = useStoredFields(row.no);
  if (fields === undefined) return <Skeleton className="w-3/5" />;
  return fields.platform_id === null ? <Unknown /> : <span className="truncate">{fields.platform_id}</span>;
}
