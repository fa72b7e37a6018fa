import { useEffect, useState } from 'react';
import { type Session, useSession } from './session.ts';
import { isQuietSync } from './sync-words.ts';

/** During a run hints come four times a second; a line that changes as often cannot be read, nor read out. */
const QUIET_MS = 700;

/** The session, with syncs left out that are over in a moment and concern nothing of ours. */
export function useSteadySession(): Session {
  const session = useSession();
  const [shown, setShown] = useState(session);
  useEffect(() => {
    const wait = isQuietSync(session.status) ? QUIET_MS : 0;
    const timer = setTimeout(() => setShown(session), wait);
    return () => clearTimeout(timer);
  }, [session]);
  return shown.workspace === session.workspace ? shown : session;
}
