const first =
  'blue golden quick sunny urban prime happy smart green royal north pacific vintage mega tiny lucky silver cosy home tech'.split(
    ' ',
  );
const second =
  'harbor deals store outlet goods market traders depot supply finds bazaar corner parts garage books toys gear shop direct world'.split(
    ' ',
  );

/** An eBay-like username. `number` is its only digits, so names of different numbers differ. */
export function seedName(number: number, next: () => number): string {
  const one = pick(first, next);
  const two = pick(second, next);
  const style = next();
  if (style < 0.35) return `${one}_${two}${number}`;
  if (style < 0.55) return `${one}${two}-${number}`;
  if (style < 0.75) return `${capital(one)}${capital(two)}${number}`;
  if (style < 0.9) return `${two}.${one}.${number}`;
  return `${one}${number}${two}`;
}

function pick(words: readonly string[], next: () => number): string {
  return words[Math.floor(next() * words.length)] ?? '';
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
