import { count } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import type { Activity } from '#lib/tables/activity.ts';
import { SellerNames } from './seller-names.tsx';

interface ChangePanelProps {
  entry: Activity;
  mine: boolean;
  onClose: () => void;
}

const signs: Readonly<Record<string, string>> = { create: '+', restore: '+', delete: '−' };
const fieldNames: Readonly<Record<string, string>> = {
  display_name: 'name',
  note: 'note',
  flagged: 'flag',
  platform_id: 'eBay id',
  feedback_percent: 'feedback percentage',
  feedback_count: 'feedback count',
  item_count: 'number of items',
  source: 'source',
};

/** One change: who, when, what, and which sellers where it is about some. */
export function ChangePanel({ entry, mine, onClose }: ChangePanelProps) {
  const op = entry.kind.split('.')[1] ?? '';
  const fields = entry.details['fields'];
  const names = Array.isArray(fields) ? fields.map((field) => fieldNames[String(field)] ?? String(field)) : [];
  const left = entry.record_count - entry.record_ids.length;
  return (
    <SidePanel title={entry.summary} onClose={onClose}>
      <p className="text-[13px] text-muted">
        {mine ? 'You' : entry.actor_name} · <RelativeTime at={entry.created_at} />
        {op === 'update' && names.length > 0 && ` · ${names.join(', ')}`}
      </p>
      {entry.table_name !== null && (
        <>
          <h3 className="mt-4 mb-1 text-[12px] leading-4 text-muted">{count(entry.record_count, 'seller')}</h3>
          <SellerNames column="id" wanted={entry.record_ids} sign={signs[op] ?? '±'} />
          {left > 0 && <p className="mt-2 text-[13px] text-muted">and {count(left, 'more seller')}</p>}
        </>
      )}
    </SidePanel>
  );
}
