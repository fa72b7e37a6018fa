/** How many seeds or histories to try: `share` in `npm test`, what `npm run soak -- NAME --seeds N` asks for there. */
export function soakRuns(share: number): number {
  const asked = Number(process.env['SELLERDEX_SEEDS']);
  return Number.isInteger(asked) && asked > 0 ? asked : share;
}
