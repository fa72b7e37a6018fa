import { expect, it } from 'vitest';
import { foundIn } from './highlighted.tsx';

it.each([
  ['Cartridge_Man07', 'MAN', 'Man'],
  ['two words here', '  words   here ', 'words here'],
  ['ﬁne', 'fi', ''],
  ['İstanbul-shop', 'shop', ''],
  ['abc', '', ''],
  ['abc', 'd', ''],
])('in %j, %j is found as %j', (text, search, found) => {
  expect(text.slice(...foundIn(text, search))).toBe(found);
});
