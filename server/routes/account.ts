import { createRoute } from '@hono/zod-openapi';
import type { Me } from '#lib/protocol/account.ts';
import { me } from '#lib/protocol/account.ts';
import { errorAnswers, jsonAnswer } from '#server/http/answer.ts';
import type { App } from '#server/http/app-env.ts';

const route = createRoute({
  method: 'get',
  path: '/me',
  tags: ['Account'],
  summary: 'Who am I, and in which workspace',
  responses: { 200: jsonAnswer(me, 'The account, its workspaces and its rights in the chosen one.'), ...errorAnswers },
});

export function registerAccountRoutes(app: App): void {
  app.openapi(route, (context) => {
    const { userId, userName, email, orgId, orgs, role, permissions } = context.get('who');
    const answer: Me = {
      user: { id: userId, name: userName, email },
      org: { id: orgId, name: orgs.find(({ id }) => id === orgId)?.name ?? '' },
      orgs: [...orgs],
      role,
      permissions: [...permissions],
    };
    return context.json(answer);
  });
}
