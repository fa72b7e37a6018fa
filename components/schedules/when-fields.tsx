import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { type CronChoice, choiceToCron, weekdays } from './cron-choice.ts';

interface WhenFieldsProps {
  choice: CronChoice;
  timeZone: string;
  /** What the server said about the expression. */
  problem: string | null;
  onChoice: (choice: CronChoice) => void;
  onTimeZone: (timeZone: string) => void;
}

const kinds = [
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
  { value: 'raw', label: 'Cron expression' },
] as const;
const days = weekdays.map((label, day) => ({ value: String(day), label }));
const monthDays = Array.from({ length: 28 }, (_, at) => ({ value: String(at + 1), label: `Day ${at + 1}` }));
const zones = Intl.supportedValuesOf('timeZone');

/** When a schedule starts its runs. */
export function WhenFields({ choice, timeZone, problem, onChoice, onTimeZone }: WhenFieldsProps) {
  const known = zones.includes(timeZone) ? zones : [timeZone, ...zones];
  return (
    <div className="grid items-start gap-3">
      <Labelled label="How often">
        <Select
          label="How often"
          value={choice.every}
          options={kinds}
          className="w-full"
          onValueChange={(every) => onChoice(changeKind(choice, every))}
        />
      </Labelled>
      {choice.every === 'raw' && (
        <Field
          label="Cron expression"
          spellCheck={false}
          autoComplete="off"
          placeholder="minute hour day month weekday"
          className="font-mono"
          value={choice.cron}
          error={problem}
          onChange={(event) => onChoice({ every: 'raw', cron: event.currentTarget.value })}
        />
      )}
      {choice.every === 'week' && (
        <Labelled label="On">
          <Select
            label="On"
            value={String(choice.day)}
            options={days}
            className="w-full"
            onValueChange={(day) => onChoice({ ...choice, day: Number(day) })}
          />
        </Labelled>
      )}
      {choice.every === 'month' && (
        <Labelled label="On">
          <Select
            label="On"
            value={String(choice.day)}
            options={monthDays}
            className="w-full"
            onValueChange={(day) => onChoice({ ...choice, day: Number(day) })}
          />
        </Labelled>
      )}
      {choice.every !== 'raw' && (
        <Field
          label="At"
          type="time"
          value={`${pad(choice.hour)}:${pad(choice.minute)}`}
          error={problem}
          onChange={(event) => {
            const [hour, minute] = event.currentTarget.value.split(':').map(Number);
            if (hour !== undefined && minute !== undefined) onChoice({ ...choice, hour, minute });
          }}
        />
      )}
      <Labelled label="Time zone">
        <Select
          label="Time zone"
          value={timeZone}
          options={known.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          className="w-full"
          onValueChange={onTimeZone}
        />
      </Labelled>
    </div>
  );
}

function changeKind(choice: CronChoice, every: CronChoice['every']): CronChoice {
  if (every === 'raw') return { every, cron: choiceToCron(choice) };
  const { hour, minute } = choice.every === 'raw' ? { hour: 3, minute: 0 } : choice;
  return every === 'day' ? { every, hour, minute } : { every, day: 1, hour, minute };
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1">
      <span aria-hidden="true" className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
