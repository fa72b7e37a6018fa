import { hashKey } from '@tanstack/react-query';
import type { Schedule, ScheduleChange } from '#lib/protocol/collection-plans.ts';

/** Of what a form holds, the fields that differ from the schedule: what a colleague has changed meanwhile stays. */
export function scheduleChanges(
  schedule: Schedule,
  { category_ids: categories, ...rest }: Omit<ScheduleChange, 'active'>,
): ScheduleChange {
  const known: Record<string, unknown> = schedule;
  const changed = Object.entries(rest).filter(([field, value]) => hashKey([value]) !== hashKey([known[field]]));
  const isSame =
    categories === undefined || hashKey(categories.toSorted()) === hashKey(schedule.category_ids.toSorted());
  return { ...Object.fromEntries(changed), ...(!isSame && { category_ids: categories }) };
}
