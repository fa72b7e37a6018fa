/**
 * How welcome `name` is by an `Accept` or `Accept-Encoding` header: 0 (not at all, or not named) to 1.
 * Wildcards name nothing. RFC 9110, 12.4.2.
 */
export function quality(header: string | undefined, name: string): number {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [range, ...parameters] = part.split(';').map((piece) => piece.trim());
    if (range !== name) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const value = weight === undefined ? 1 : Number(weight.slice(2));
    return value >= 0 && value <= 1 ? value : 0;
  }
  return 0;
}
