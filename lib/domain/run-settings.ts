import type { z } from 'zod';
import { zod } from '#lib/shared/zod.ts';
import { runSettingsSchema } from './run-settings-schema.ts';

export const runSettings = runSettingsSchema(zod);

export type RunSettings = z.infer<typeof runSettings>;
