import { z } from 'zod';
import type { RunSettings } from './run-settings.ts';
import { runSettings } from './run-settings.ts';

/** Some settings of a run, each as strict as in a whole; what is left out stays out. */
export const partialRunSettings: z.ZodType<Partial<RunSettings>> = z.strictObject(
  Object.fromEntries(Object.entries(runSettings.shape).map(([name, field]) => [name, field.unwrap().optional()])),
);
