import { Flag } from 'lucide-react';
import { errorWords } from '#components/shell/error-words.ts';
import { routeHash } from '#components/shell/route.ts';
import { cn } from '#components/ui/cn.ts';
import { count } from '#components/ui/format.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
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
const signWords: Readonly<Record<string, string>> = { '+': 'added', '−': 'deleted', '±': 'changed' };
const signColours: Readonly<Record<string, string>> = { '+': 'text-success', '−': 'text-danger', '±': 'text-muted' };

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
        <ul className="text-[13px]">
          {rows.map((row) => (
            <li key={row.no} className="flex h-7 items-center gap-2">
              <span className={cn('w-3 shrink-0 text-center font-semibold', signColours[sign])}>
                <span aria-hidden="true">{sign}</span>
                <span className="sr-only">{signWords[sign]}</span>
              </span>
              {row.deleted_at === null ? (
                <a
                  href={routeHash('sellers', { q: String(row['display_name']) })}
                  className="min-w-0 truncate hover:underline"
                >
                  {String(row['display_name'])}
                </a>
              ) : (
                <span className="min-w-0 truncate text-muted line-through">{String(row['display_name'])}</span>
              )}
              {row['flagged'] === true && <Flag aria-label="flagged" className="size-3.5 shrink-0 text-flag" />}
            </li>
          ))}
        </ul>
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
