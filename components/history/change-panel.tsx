import { useMemo } from 'react';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { count } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import type { StoreReader } from '#lib/store/reader.ts';
import { scanTable } from '#lib/store/scan-table.ts';
import type { Activity } from '#lib/tables/activity.ts';
import { SellerNames } from './seller-names.tsx';

interface ChangePanelProps {
  /** Of an entry of the audit trail, however old. */
  id: string;
  onClose: () => void;
}

const signs: Readonly<Record<string, string>> = { create: '+', restore: '+', delete: '−' };
const fieldNames: Readonly<Record<string, string>> = {
  display_name: 'name',
  note: 'note',
  flagged: 'flag',
  platform_id: 'platform ID',
  feedback_percent: 'feedback percentage',
  feedback_count: 'feedback count',
  item_count: 'number of items',
  source: 'source',
};

/** Looks for the entry until it is there; what it says never changes. */
function finderOf(id: string): (reader: StoreReader, signal: AbortSignal) => Promise<{ entry: Activity | undefined }> {
  let entry: Activity | undefined;
  return async (reader, signal) => {
    if (entry === undefined) {
      const rows = await scanTable(reader, { table: 'activity', column: 'id', wanted: new Set([id]), most: 1, signal });
      // The store holds rows of the table's own columns: the codec and the pull have checked them.
      entry = rows[0] as unknown as Activity | undefined;
    }
    return { entry };
  };
}

/** One change: who, when, what, and which sellers where it is about some. From the local data; needs no server. */
export function ChangePanel({ id, onClose }: ChangePanelProps) {
  const read = useMemo(() => finderOf(id), [id]);
  const { value, error } = useStoreRead(read);
  if (value?.entry !== undefined) return <Panel entry={value.entry} onClose={onClose} />;
  if (value === null && error === null) return null;
  return (
    <SidePanel title="No such change" onClose={onClose}>
      <p className="text-[13px] text-muted">
        {error === null
          ? 'This change is not in the data of this browser. It may belong to another workspace, or not have arrived yet.'
          : errorWords(error)}
      </p>
    </SidePanel>
  );
}

function Panel({ entry, onClose }: { entry: Activity; onClose: () => void }) {
  return (
    <SidePanel title={entry.summary} onClose={onClose}>
      <Change entry={entry} />
    </SidePanel>
  );
}

function Change({ entry }: { entry: Activity }) {
  const { connection } = useWorkspace();
  const op = entry.kind.split('.')[1] ?? '';
  const fields = entry.details['fields'];
  const names = Array.isArray(fields) ? fields.map((field) => fieldNames[String(field)] ?? String(field)) : [];
  const left = entry.record_count - entry.record_ids.length;
  return (
    <>
      <p className="text-[13px] text-muted">
        {entry.actor_id === connection.user_id ? 'You' : entry.actor_name} · <RelativeTime at={entry.created_at} />
        {op === 'update' && names.length > 0 && ` · ${names.join(', ')}`}
      </p>
      {entry.table_name !== null && (
        <>
          <h3 className="mt-4 mb-1 text-[12px] leading-4 text-muted">{count(entry.record_count, 'seller')}</h3>
          <SellerNames column="id" wanted={entry.record_ids} sign={signs[op] ?? '±'} />
          {left > 0 && <p className="mt-2 text-[13px] text-muted">and {count(left, 'more seller')}</p>}
        </>
      )}
    </>
  );
}
