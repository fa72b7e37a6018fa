import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { health, me } from '#lib/protocol/account.ts';
import { addMember, createWorkspace } from '#server/auth/workspaces.ts';
import { createApp } from '#server/app.ts';
import { addTestMember, call, type Member, openServer, type ServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
let member: Member;
beforeAll(async () => {
  server = await openServer();
  member = await addTestMember(server);
});
afterAll(() => server.close());

const signIn = (body: unknown, headers?: Record<string, string>) =>
  call(server.app, 'POST', '/api/auth/sign-in/email', body, headers);
const origin = 'chrome-extension://abcdefghijklmnop';

describe('sign-in', () => {
  test('answers a token in the body and in set-auth-token; both open the door; no cookie is set', async () => {
    const body = { email: member.email, password: member.email.replace(/member(\d+)@.*/, 'password-$1') };
    const answer = await signIn(body, { origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const tokens = [(answer.body as { token: string }).token, answer.headers.get('set-auth-token') ?? ''];
    for (const token of tokens) {
      const mine = await call(server.app, 'GET', '/me', undefined, { authorization: `Bearer ${token}` });
      expect(me.parse(mine.body).user.id).toBe(member.userId);
    }
  });

  test('a wrong password and an unknown email are the same 401', async () => {
    const wrong = await signIn({ email: member.email, password: 'not this one' });
    const unknown = await signIn({ email: 'nobody@example.com', password: 'not this one' });
    expect([wrong.status, wrong.error?.code]).toEqual([401, 'wrong_credentials']);
    expect(unknown.error).toEqual(wrong.error);
  });

  test('guessing many passwords at once is slowed, and says when to try again', async () => {
    const guesses = Array.from({ length: 12 }, (_, at) =>
      signIn({ email: 'guessed@example.com', password: `guess number ${at}` }),
    );
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const late = await signIn({ email: 'guessed@example.com', password: 'one more' });
    expect([late.error?.code, Number(late.headers.get('retry-after')) > 0]).toEqual(['too_many_requests', true]);
  });

  test('nobody can make an account over HTTP', async () => {
    const answer = await call(server.app, 'POST', '/api/auth/sign-up/email', {
      email: 'new@example.com',
      password: 'password1',
      name: 'n',
    });
    expect(answer.status).toBe(400);
    expect((await signIn({ email: 'new@example.com', password: 'password1' })).status).toBe(401);
  });

  test('signing out ends the token', async () => {
    const other = await addTestMember(server);
    await other.send('POST', '/api/auth/sign-out', {});
    expect((await other.get('/me')).error?.code).toBe('unauthorized');
  });
});

test('without a token everything answers 401, unknown addresses too, but the open ones', async () => {
  const codes = async (path: string, headers?: Record<string, string>) =>
    (await call(server.app, 'GET', path, undefined, headers)).status;
  for (const path of ['/me', '/sellers', '/sync/sellers', '/events', '/collection/runs', '/nothing', '/api/other']) {
    expect(await codes(path), path).toBe(401);
  }
  expect(await codes('/me', { authorization: 'Bearer nonsense' })).toBe(401);
  expect(await codes('/me', { authorization: `Basic ${member.token}` })).toBe(401);
  expect(await codes('/me', { cookie: `better-auth.session_token=${member.token}` })).toBe(401);
  for (const path of ['/health', '/livez', '/readyz', '/metrics', '/openapi.json', '/docs']) {
    expect(await codes(path), path).toBe(200);
  }
  expect((await member.get('/nothing')).error?.code).toBe('not_found');
});

test('health names the versions, and every answer carries the protocol', async () => {
  const answer = await call(server.app, 'GET', '/health');
  expect(health.parse(answer.body)).toMatchObject({ status: 'ok', protocol: 1, schema: server.deps.schema });
  for (const path of ['/health', '/me', '/nothing']) {
    expect((await call(server.app, 'GET', path)).headers.get('x-sellerdex-protocol')).toBe('1');
  }
});

test('CORS answers extensions alone, without credentials, and shows them the headers they need', async () => {
  const ask = (from: string) =>
    call(server.app, 'OPTIONS', '/sync/push', undefined, { origin: from, 'access-control-request-method': 'POST' });
  for (const from of [origin, 'moz-extension://7c1e0b3a-0000']) {
    const { status, headers } = await ask(from);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, from]);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-allow-headers')).toMatch(/authorization/i);
  }
  expect((await ask('https://www.ebay.com')).headers.get('access-control-allow-origin')).toBeNull();
  const answer = await member.get('/me', { origin });
  const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase();
  for (const name of ['set-auth-token', 'retry-after', 'x-sellerdex-protocol']) expect(exposed).toContain(name);
});

test('whatever the answer, an extension may read it', async () => {
  const token = { authorization: `Bearer ${member.token}`, origin };
  const ask = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    server.app.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body ?? null,
    });
  const email = member.email;
  const password = email.replace(/member(\d+)@.*/, 'password-$1');
  const answers: [string, number, Response | Promise<Response>][] = [
    ['sign-in', 200, ask('POST', '/api/auth/sign-in/email', { origin }, JSON.stringify({ email, password }))],
    [
      'wrong password',
      401,
      ask('POST', '/api/auth/sign-in/email', { origin }, JSON.stringify({ email, password: 'x' })),
    ],
    ['no token', 401, ask('GET', '/me', { origin })],
    ['nothing there', 404, ask('GET', '/nothing', token)],
    ['no JSON', 400, ask('POST', '/sync/push', token, '{')],
    ['too large', 413, ask('POST', '/sync/push', token, ' '.repeat(60_000_000))],
    ['a page', 200, ask('GET', '/sync/sellers', token)],
    [
      'a page by columns',
      200,
      ask('GET', '/sync/sellers', { ...token, accept: 'application/vnd.sellerdex.columns+json' }),
    ],
    ['events', 200, ask('GET', '/events', token)],
    ['health', 200, ask('GET', '/health', { origin })],
    ['docs', 200, ask('GET', '/docs', { origin })],
  ];
  for (const [what, status, answer] of answers) {
    const { status: given, headers, body } = await answer;
    const exposed = headers.get('access-control-expose-headers') ?? '';
    expect([what, given, headers.get('access-control-allow-origin')]).toEqual([what, status, origin]);
    expect([what, headers.get('vary')?.includes('Origin'), exposed.includes('Retry-After')]).toEqual([
      what,
      true,
      true,
    ]);
    await body?.cancel();
  }
});

test('a member of several workspaces chooses; another’s answers 404', async () => {
  const { deps } = server;
  const second = await createWorkspace(deps.database.db, 'Second', deps.clock);
  await addMember(deps.database.db, second, member.userId, 'member', deps.clock);
  const first = me.parse((await member.get('/me')).body);
  expect(first).toMatchObject({
    org: { id: member.orgId },
    role: 'owner',
    orgs: [{ id: member.orgId }, { id: second, name: 'Second' }],
  });
  expect(first.permissions).toContain('runs.manage');
  const chosen = me.parse((await member.get('/me', { 'x-org-id': second })).body);
  expect(chosen).toMatchObject({ org: { id: second, name: 'Second' }, role: 'member' });
  expect(chosen.permissions).not.toContain('runs.manage');
  const stranger = await addTestMember(server);
  for (const orgId of [stranger.orgId, 'nonsense']) {
    expect((await member.get('/me', { 'x-org-id': orgId })).error?.code).toBe('not_found');
  }
});

test('more requests than allowed answer 429 with Retry-After', async () => {
  const app = createApp(server.deps, { requestsPerMinute: 3 });
  const answers = [];
  for (let n = 0; n < 4; n += 1)
    answers.push(await call(app, 'GET', '/me', undefined, { authorization: `Bearer ${member.token}` }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('requests without a valid token are limited by address, without a limit on members who share it or on health checks', async () => {
  const app = createApp(server.deps, { requestsPerMinute: 50 });
  const status = async (authorization?: string, path = '/me') =>
    (await call(app, 'GET', path, undefined, authorization === undefined ? {} : { authorization })).status;
  const mine = `Bearer ${member.token}`;
  expect(await status(mine)).toBe(200);
  // The first request of a token is a stranger's, so four are left.
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push(await status(n % 2 === 0 ? undefined : `Bearer wrong ${n}`));
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
  const signIn = await call(app, 'POST', '/api/auth/sign-in/email', { email: member.email, password: 'wrong' });
  expect([signIn.status, Number(signIn.headers.get('retry-after'))]).toEqual([429, 12]);
  for (const path of ['/health', '/livez', '/readyz', '/metrics', '/docs']) {
    expect(await status(undefined, path), path).toBe(200);
  }
  expect(await status(mine)).toBe(200);
});

test('the docs page needs nothing from elsewhere and shows every route', async () => {
  const { body } = await call(server.app, 'GET', '/docs');
  expect(String(body)).not.toMatch(/<script|src=|https?:\/\//);
  expect(String(body)).toContain('/sync/push');
});

test('an unexpected failure says nothing of its cause', async () => {
  const broken = createApp({
    ...server.deps,
    clock: () => {
      throw new Error('secret detail');
    },
  });
  const answer = await call(broken, 'GET', '/sync/sellers', undefined, { authorization: `Bearer ${member.token}` });
  expect([answer.status, answer.error?.code]).toEqual([500, 'internal']);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
});
