import { useEffect, useState } from 'react';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Select } from '#components/ui/select.tsx';
import { SYNC_MINUTES } from '#lib/messaging/contract.ts';
import { readSyncMinutes } from '#lib/store/device-database.ts';

const options = SYNC_MINUTES.map((minutes) => ({ value: String(minutes), label: periodWords(minutes) }));

function periodWords(minutes: number): string {
  if (minutes < 1) return `${minutes * 60} seconds`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** How often the extension syncs when nothing else makes it. */
export function SyncPeriod() {
  const [minutes, setMinutes] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    readSyncMinutes().then(setMinutes, (thrown: unknown) => setProblem(errorWords(thrown)));
  }, []);

  async function choose(value: string): Promise<void> {
    const next = SYNC_MINUTES.find((one) => String(one) === value);
    if (next === undefined) return;
    const before = minutes;
    setMinutes(next);
    setProblem(null);
    try {
      await command('settings.sync', { minutes: next });
    } catch (thrown) {
      setMinutes(before);
      setProblem(errorWords(thrown));
    }
  }

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span aria-hidden="true">Sync every</span>
        <Select
          label="Sync every"
          value={String(minutes ?? '')}
          options={options}
          disabled={minutes === null}
          onValueChange={(value) => void choose(value)}
        />
      </div>
      <p className="text-[13px] text-muted">
        Your own changes are sent at once, and while a page of Sellerdex is open it hears of others’ at once. During a
        run of yours it syncs every minute at least.
      </p>
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
