import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { readUpdateReady } from '#lib/store/device-database.ts';
import { command } from './command.ts';
import { errorWords } from './error-words.ts';

const LOOK_EVERY_MS = 60_000;

/** A newer version waits until the pages are closed; who does not want to wait restarts it here. */
export function UpdateNotice() {
  const isReady = useUpdateReady();
  const restart = async () => {
    try {
      await command('update.apply', {});
    } catch (thrown) {
      toast.error(errorWords(thrown));
    }
  };
  return (
    <div role="status" aria-label="Update" className="flex shrink-0 items-center gap-1 empty:hidden">
      {isReady && (
        <>
          <span className="whitespace-nowrap text-muted max-sm:hidden">Update is ready</span>
          <Button size="xs" title="This page comes back as it is" onClick={() => void restart()}>
            Restart to update
          </Button>
        </>
      )}
    </div>
  );
}

function useUpdateReady(): boolean {
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    // A look that fails is made up for by the next one.
    const look = () => void readUpdateReady().then(setIsReady, () => undefined);
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return isReady;
}
