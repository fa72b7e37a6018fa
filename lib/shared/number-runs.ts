/**
 * A set of whole numbers as runs: `[from, to)` in pairs, ascending, no two of them touching. Two million
 * neighbours are one run; what is made of it is always a new array.
 */
export type NumberRuns = Float64Array;

export const noRuns: NumberRuns = new Float64Array(0);

/** Runs of numbers in any order; repeated ones count once. */
export function runsOf(numbers: ArrayLike<number>): NumberRuns {
  const sorted = Float64Array.from(numbers);
  if (!isAscending(sorted)) sorted.sort();
  const runs = new Float64Array(2 * sorted.length);
  let end = 0;
  for (const number of sorted) {
    if (end > 0 && number <= (runs[end - 1] ?? 0)) runs[end - 1] = Math.max(runs[end - 1] ?? 0, number + 1);
    else {
      runs[end++] = number;
      runs[end++] = number + 1;
    }
  }
  return runs.slice(0, end);
}

export function hasNumber(runs: NumberRuns, number: number): boolean {
  return edgesUpTo(runs, number) % 2 === 1;
}

export function countNumbers(runs: NumberRuns): number {
  let count = 0;
  for (let at = 0; at < runs.length; at += 2) count += (runs[at + 1] ?? 0) - (runs[at] ?? 0);
  return count;
}

/** All of them, ascending. */
export function numbersIn(runs: NumberRuns): Float64Array {
  const numbers = new Float64Array(countNumbers(runs));
  let end = 0;
  for (let at = 0; at < runs.length; at += 2)
    for (let number = runs[at] ?? 0; number < (runs[at + 1] ?? 0); number++) numbers[end++] = number;
  return numbers;
}

export function united(a: NumberRuns, b: NumberRuns): NumberRuns {
  return merged(a, b, (inA, inB) => inA || inB);
}

/** Those of `a` that are not in `b`. */
export function without(a: NumberRuns, b: NumberRuns): NumberRuns {
  return merged(a, b, (inA, inB) => inA && !inB);
}

function merged(a: NumberRuns, b: NumberRuns, keeps: (inA: boolean, inB: boolean) => boolean): NumberRuns {
  const edges = new Float64Array(a.length + b.length);
  let [atA, atB, end, inside] = [0, 0, 0, false];
  while (atA < a.length || atB < b.length) {
    const edge = Math.min(a[atA] ?? Number.POSITIVE_INFINITY, b[atB] ?? Number.POSITIVE_INFINITY);
    if (a[atA] === edge) atA++;
    if (b[atB] === edge) atB++;
    if (keeps(atA % 2 === 1, atB % 2 === 1) === inside) continue;
    inside = !inside;
    edges[end++] = edge;
  }
  return edges.slice(0, end);
}

/** How many edges are at `number` or before it. */
function edgesUpTo(runs: NumberRuns, number: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isAscending(numbers: Float64Array): boolean {
  for (let at = 1; at < numbers.length; at++) if ((numbers[at - 1] ?? 0) > (numbers[at] ?? 0)) return false;
  return true;
}
