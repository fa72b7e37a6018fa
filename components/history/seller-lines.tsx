import { routeHash } from '#components/shell/route.ts';
import { cn } from '#components/ui/cn.ts';
import { Flag } from '#components/ui/icons.ts';

/** What a line shows of a seller. */
export interface SellerLine {
  id: string;
  display_name: string;
  flagged: boolean;
  isDeleted: boolean;
}

interface SellerLinesProps {
  sellers: readonly SellerLine[];
  /** What became of them: `+`, `−` or `±`. */
  sign: string;
}

const signWords: Readonly<Record<string, string>> = { '+': 'added', '−': 'deleted', '±': 'changed' };
const signColours: Readonly<Record<string, string>> = { '+': 'text-success', '−': 'text-danger', '±': 'text-muted' };

/** Sellers by name, each leading to the list of sellers. */
export function SellerLines({ sellers, sign }: SellerLinesProps) {
  return (
    <ul className="text-[13px]">
      {sellers.map((seller) => (
        <li key={seller.id} className="flex h-7 items-center gap-2">
          <span className={cn('w-3 shrink-0 text-center font-semibold', signColours[sign])}>
            <span aria-hidden="true">{sign}</span>
            <span className="sr-only">{signWords[sign]}</span>
          </span>
          {seller.isDeleted ? (
            <span className="min-w-0 truncate text-muted line-through">{seller.display_name}</span>
          ) : (
            <a href={routeHash('sellers', { q: seller.display_name })} className="min-w-0 truncate hover:underline">
              {seller.display_name}
            </a>
          )}
          {seller.flagged && <Flag aria-label="flagged" className="size-3.5 shrink-0 text-flag" />}
        </li>
      ))}
    </ul>
  );
}
