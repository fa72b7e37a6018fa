import { useEffect, useState } from 'react';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { type NewsKind, newsKinds } from '#lib/domain/run-news.ts';
import { readSilenced } from '#lib/store/device-database.ts';

const words: Record<NewsKind, string> = {
  completed: 'A run of mine is completed',
  failed: 'A run of mine failed',
  paused: 'A run of mine paused by itself, and waits for me',
};

/** Which kinds of notification this browser shows. */
export function NotificationPart() {
  const [silenced, setSilenced] = useState<readonly NewsKind[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    readSilenced().then(setSilenced, (thrown: unknown) => setProblem(errorWords(thrown)));
  }, []);

  async function change(kind: NewsKind, shown: boolean): Promise<void> {
    const before = silenced ?? [];
    const next = newsKinds.filter((one) => (one === kind ? !shown : before.includes(one)));
    setSilenced(next);
    setProblem(null);
    try {
      await command('settings.notifications', { silenced: next });
    } catch (thrown) {
      setSilenced(before);
      setProblem(errorWords(thrown));
    }
  }

  return (
    <fieldset className="grid gap-2" disabled={silenced === null}>
      <legend className="mb-2 text-muted">This browser tells me when</legend>
      {newsKinds.map((kind) => (
        <label key={kind} className="flex min-h-7 items-center gap-2">
          <Checkbox
            role="switch"
            checked={silenced !== null && !silenced.includes(kind)}
            onCheckedChange={(shown) => void change(kind, shown)}
          />
          {words[kind]}
        </label>
      ))}
      {problem !== null && (
        <p role="alert" className="text-[13px] text-danger">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
