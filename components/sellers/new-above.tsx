import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { ArrowUp } from '#components/ui/icons.ts';

/** Says how many rows have come in above those that are being read, and leads there. Moves nothing by itself. */
export function NewAbove({ rows, onShow }: { rows: number; onShow: () => void }) {
  return (
    <>
      {/* Without the number: a run would have it read out twice a second. */}
      <span role="status" className="sr-only">
        {rows > 0 && 'New rows above'}
      </span>
      {rows > 0 && (
        <div className="pointer-events-none absolute inset-x-0 top-11 flex justify-center">
          <Button size="sm" shape="pill" className="pointer-events-auto shadow-md" onClick={onShow}>
            <ArrowUp aria-hidden="true" />
            {formatNumber(rows)} new above
          </Button>
        </div>
      )}
    </>
  );
}
