import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import { count } from '#components/ui/format.ts';
import { nameWords } from './name-words.ts';
import type { JudgedLine } from './use-known-lines.ts';

/** Lines drawn: those that need a look come first, and nobody reads further. */
const MOST_SHOWN = 100;

const order: readonly JudgedLine['state'][] = ['empty', 'too_long', 'control_characters', 'twice', 'known', 'new'];

function toneOf(state: JudgedLine['state']): BadgeTone {
  if (state === 'new') return 'success';
  return state === 'known' || state === 'twice' ? 'neutral' : 'danger';
}

function reasonOf({ name, state }: JudgedLine): string {
  if (state === 'new') return '';
  if (state === 'known') return 'In the list already; stays as it is.';
  if (state === 'twice') return 'Named above already; counted once.';
  return nameWords(name) ?? '';
}

/** What becomes of each line, and why. */
export function JudgedLineTable({ lines }: { lines: readonly JudgedLine[] }) {
  const sorted = order.flatMap((state) => lines.filter((line) => line.state === state).slice(0, MOST_SHOWN));
  const shown = sorted.slice(0, MOST_SHOWN);
  return (
    <div className="max-h-48 overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Lines">
      <table className="w-full text-[13px]">
        <thead className="sr-only">
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Name</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.line} className="border-b border-line last:border-0">
              <td className="w-px py-1 pl-2 text-right text-muted">{one.line}</td>
              <td className="w-2/5 max-w-0 truncate px-2 py-1" title={one.name}>
                <bdi>{one.name}</bdi>
              </td>
              <td className="py-1 pr-2">
                <Badge tone={toneOf(one.state)}>{wordOf(one.state)}</Badge>{' '}
                <span className="text-muted">{reasonOf(one)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shown.length && (
        <p className="px-2 py-1 text-[13px] text-muted">and {count(lines.length - shown.length, 'further line')}</p>
      )}
    </div>
  );
}

function wordOf(state: JudgedLine['state']): string {
  if (state === 'new' || state === 'known') return state;
  return state === 'twice' ? 'repeated' : 'invalid';
}
