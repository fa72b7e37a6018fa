import { z } from 'zod';

export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  schema: z.int(),
  protocol: z.int(),
});

export const signInAnswer = z.object({ token: z.string().min(1) });

const org = z.object({ id: z.uuid(), name: z.string() });

export const me = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  org,
  orgs: z.array(org),
  role: z.enum(['owner', 'member']),
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof me>;
