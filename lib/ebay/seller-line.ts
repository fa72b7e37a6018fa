import { parseCount } from './parse-count.ts';

/** A seller's feedback as a page shows it. `count` is rounded where the page rounds ("9.2K"). */
export interface Feedback {
  /** 0 to 100. */
  percent: number;
  count: number | null;
}

/** The longest text worth reading; a seller's line has been at most 120 characters. */
const MAX_LINE = 400;

const percent = String.raw`(?:(?<percent>\d{1,3}(?:[.,]\d{1,2})?) ?%|% ?(?<percentAfterSign>\d{1,3}(?:[.,]\d{1,2})?))`;
const words = String.raw`[^\d%()]{0,60}`;
const count = String.raw`\((?<count>\d[^()%]{0,20})\)`;
const name = '(?:(?<name>.+?) )?';
/** "name 99.5% positive (3.5K)": card layout. Words differ by marketplace, so any will do. */
const percentFirst = new RegExp(`^${name}${percent}${words}${count}$`, 'u');
/** "name (18,554) 99%": item layout. */
const countFirst = new RegExp(`^${name}${count} ?${percent}${words}$`, 'u');

/** Splits a seller's line into name (empty when the text is feedback alone) and feedback; null when it is neither. */
export function readSellerLine(text: string): { name: string; feedback: Feedback } | null {
  if (text.length > MAX_LINE) return null;
  const line = text.replace(/\s+/gu, ' ').trim();
  const groups = (percentFirst.exec(line) ?? countFirst.exec(line))?.groups;
  if (groups === undefined) return null;
  const value = Number((groups['percent'] ?? groups['percentAfterSign'] ?? '').replace(',', '.'));
  if (value > 100) return null;
  return { name: groups['name'] ?? '', feedback: { percent: value, count: parseCount(groups['count'] ?? '') } };
}
