/** When a schedule starts its runs, as a person chooses it; `raw`: a cron expression of their own. */
export type CronChoice =
  | { every: 'day'; hour: number; minute: number }
  /** `day`: 0 is Sunday. */
  | { every: 'week'; day: number; hour: number; minute: number }
  /** `day` of the month, 1 to 28: every month has it. */
  | { every: 'month'; day: number; hour: number; minute: number }
  | { every: 'raw'; cron: string };

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export function choiceToCron(choice: CronChoice): string {
  if (choice.every === 'raw') return choice.cron.trim();
  const time = `${choice.minute} ${choice.hour}`;
  if (choice.every === 'day') return `${time} * * *`;
  return choice.every === 'week' ? `${time} * * ${choice.day}` : `${time} ${choice.day} * *`;
}

/** The choice that an expression stands for; `raw` where none does. */
export function cronToChoice(cron: string): CronChoice {
  const match = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|[0-6])$/u.exec(cron.trim());
  const [minute, hour] = [Number(match?.[1]), Number(match?.[2])];
  const [ofMonth, ofWeek] = [match?.[3], match?.[4]];
  if (match === null || minute > 59 || hour > 23) return { every: 'raw', cron };
  if (ofMonth === '*' && ofWeek === '*') return { every: 'day', hour, minute };
  if (ofMonth === '*') return { every: 'week', day: Number(ofWeek), hour, minute };
  const day = Number(ofMonth);
  return ofWeek === '*' && day >= 1 && day <= 28 ? { every: 'month', day, hour, minute } : { every: 'raw', cron };
}

/** “Every Monday at 03:00”; a raw expression as it is. */
export function cronWords(cron: string): string {
  const choice = cronToChoice(cron);
  if (choice.every === 'raw') return cron;
  const time = `${pad(choice.hour)}:${pad(choice.minute)}`;
  if (choice.every === 'day') return `Every day at ${time}`;
  if (choice.every === 'week') return `Every ${weekdays[choice.day]} at ${time}`;
  return `On day ${choice.day} of every month at ${time}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
