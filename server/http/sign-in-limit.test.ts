import { expect, it } from 'vitest';
import { createSignInLimit } from './sign-in-limit.ts';

it('lets ten wrong passwords through, then one every six seconds, for that email alone', () => {
  let now = 0;
  const limit = createSignInLimit(() => now);
  for (let each = 0; each < 10; each++) limit.take(each % 2 === 0 ? 'mia@example.com' : ' Mia@Example.com');
  expect(() => limit.take('MIA@example.com')).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
  limit.take('tom@example.com');
  now += 6_000;
  limit.take('mia@example.com');
  expect(() => limit.take('mia@example.com')).toThrow();
});

it('forgets the tries once the password was right', () => {
  const limit = createSignInLimit(() => 0);
  for (let each = 0; each < 50; each++) {
    limit.take('mia@example.com');
    limit.forgive('mia@example.com');
  }
});

it('forgets the emails that were tried longest ago rather than grow', () => {
  const limit = createSignInLimit(() => 0);
  for (let each = 0; each < 10; each++) limit.take('first@example.com');
  for (let each = 0; each < 10_000; each++) limit.take(`${each}@example.com`);
  limit.take('first@example.com');
});
