import { expect, it } from 'vitest';
import { createSignInLimit } from './sign-in-limit.ts';

it('lets ten wrong passwords through, then one every six seconds, for that email alone', () => {
  let now = 0;
  const limit = createSignInLimit(() => now);
  for (let each = 0; each < 10; each++) {
    limit.check('mia@example.com');
    limit.failed(each % 2 === 0 ? 'mia@example.com' : ' Mia@Example.com');
  }
  expect(() => limit.check('MIA@example.com')).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
  limit.check('tom@example.com');
  now += 6_000;
  limit.check('mia@example.com');
  limit.failed('mia@example.com');
  expect(() => limit.check('mia@example.com')).toThrow();
});

it('forgets the emails that failed longest ago rather than grow', () => {
  const limit = createSignInLimit(() => 0);
  for (let each = 0; each < 10; each++) limit.failed('first@example.com');
  for (let each = 0; each < 10_000; each++) limit.failed(`${each}@example.com`);
  limit.check('first@example.com');
});
