import { ArrowUp } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';

/** Says how many rows have come in above those that are being read, and leads there. Moves nothing by itself. */
export function NewAbove({ rows, onShow }: { rows: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-11 flex justify-center">
      {rows > 0 && (
        <Button size="sm" className="pointer-events-auto rounded-full shadow-md" onClick={onShow}>
          <ArrowUp aria-hidden="true" />
          {formatNumber(rows)} new above
        </Button>
      )}
    </div>
  );
}
