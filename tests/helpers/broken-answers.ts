import type { BrokenAnswer } from './start-stand-in.ts';

/** Longer than any source accepts. */
const tooLong = `{"results":"${'x'.repeat(25 * 1024 * 1024)}"}`;

/** What any provider may do wrong, and the error that its client makes of it. */
export const brokenAnswers: [name: string, answer: BrokenAnswer, error: object][] = [
  [
    '429',
    { http: 429, headers: { 'retry-after': '7' }, body: 'Too many requests to ebay.com' },
    { code: 'rate_limited', details: { retry_after_ms: 7000 } },
  ],
  ['429 without a time', { http: 429 }, { code: 'rate_limited', details: { retry_after_ms: 10_000 } }],
  ['500', { http: 500 }, { code: 'http_error', details: { status: 500 } }],
  ['500 with a long page', { http: 500, body: tooLong }, { code: 'http_error', details: { status: 500 } }],
  ['403', { http: 403 }, { code: 'auth' }],
  ['402', { http: 402 }, { code: 'quota' }],
  [
    'a redirect',
    { http: 302, headers: { location: 'http://192.0.2.1/' } },
    { code: 'http_error', details: { status: 302 } },
  ],
  ['truncated JSON', { http: 200, body: '{"results":[{"content":"<html' }, { code: 'parse_error' }],
  ['HTML instead of JSON', { http: 200, body: '<html>maintenance</html>' }, { code: 'parse_error' }],
  ['JSON of another kind', { http: 200, body: '[1]' }, { code: 'parse_error' }],
  ['an empty object', { http: 200, body: '{}' }, { code: 'parse_error' }],
  ['nothing at all', { http: 200, body: '' }, { code: 'parse_error' }],
  ['more than it may be', { http: 200, body: tooLong }, { code: 'parse_error', details: { reason: 'too_large' } }],
  ['silence', { silent: true }, { code: 'timeout' }],
];
