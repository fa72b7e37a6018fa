const dash = 45;
const colon = 58;

/**
 * `YYYY-MM-DDTHH:MM:SS.mmmZ`, the only form of a time on the wire, as epoch milliseconds; NaN for
 * anything else. A first sync parses millions: this takes a quarter of Date.parse's time.
 */
export function parseIsoTime(text: string): number {
  if (text.length !== 24) return Number.NaN;
  const shaped =
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    text[10] === 'T' &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon &&
    text[19] === '.' &&
    text[23] === 'Z';
  if (!shaped) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const inRange = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60;
  if (!inRange) return Number.NaN;
  return (
    daysSinceEpoch(year, month, day) * 86_400_000 +
    hour * 3_600_000 +
    minute * 60_000 +
    second * 1000 +
    digits(text, 20, 23)
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

// Proleptic Gregorian day count with years that begin in March, so that a leap day is the last of its year.
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
