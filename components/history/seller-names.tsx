import { errorWords } from '#components/shell/error-words.ts';
import { count } from '#components/ui/format.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { SellerLines } from './seller-lines.tsx';
import { useScan } from './use-scan.ts';

interface SellerNamesProps {
  column: 'id' | 'first_seen_run_id' | 'last_seen_run_id';
  wanted: readonly string[];
  /** What became of them: `+`, `−` or `±`. */
  sign: string;
  /** Leaves out those whose first run this was. */
  notFirstSeenIn?: string;
  /** What is said when there are none. */
  empty?: string;
}

/** More names than this are read by nobody; the list of sellers is the place for them. */
const MOST = 200;

/** Sellers of the local data by their ids or by the run that found them; needs no server. */
export function SellerNames({ column, wanted, sign, notFirstSeenIn, empty }: SellerNamesProps) {
  const except = notFirstSeenIn === undefined ? undefined : { column: 'first_seen_run_id', value: notFirstSeenIn };
  const { data: rows, error } = useScan({ table: 'sellers', column, wanted, except, most: MOST });
  if (error !== null) return <p className="text-[13px] text-danger">{errorWords(error)}</p>;
  if (rows === undefined) return <Skeleton className="my-2 w-40" />;
  const unknown = column === 'id' ? wanted.length - rows.length : 0;
  return (
    <>
      {rows.length === 0 && unknown === 0 && <p className="text-[13px] text-muted">{empty ?? 'None.'}</p>}
      {rows.length > 0 && (
        <SellerLines
          sign={sign}
          sellers={rows.map((row) => ({
            id: row.id,
            display_name: String(row['display_name']),
            flagged: row['flagged'] === true,
            isDeleted: row.deleted_at !== null,
          }))}
        />
      )}
      {rows.length >= MOST && <p className="mt-1 text-[13px] text-muted">The newest {MOST} are shown.</p>}
      {unknown > 0 && (
        <p className="mt-1 text-[13px] text-muted">
          {count(unknown, 'seller is', 'sellers are')} not in this list any more.
        </p>
      )}
    </>
  );
}
