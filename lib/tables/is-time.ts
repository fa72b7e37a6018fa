/** Whether it is epoch milliseconds that the wire can name: whole, of the years 0 to 9999. */
export function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= FIRST_TIME && Number(value) <= LAST_TIME;
}

const FIRST_TIME = Date.UTC(-1, 12);
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
