import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { ReadSeller } from '#lib/query/read-seller.ts';
import type { StoreReader } from '#lib/store/reader.ts';

/** The seller with this handle, followed; undefined while it is being read, null when it is not there. */
export function useSeller(
  client: QueryClient,
  reader: Pick<StoreReader, 'onChange'>,
  no: number | null,
): ReadSeller | null | undefined {
  const [read, setRead] = useState<{ no: number; found: ReadSeller | null }>();
  useEffect(() => {
    if (no === null) return;
    let closed = false;
    let asked = 0;
    const load = async () => {
      const mine = ++asked;
      try {
        const found = await client.seller(no);
        if (!closed && mine === asked) setRead({ no, found });
      } catch (thrown) {
        toast.error(errorWords(thrown));
      }
    };
    void load();
    const stop = reader.onChange(() => void load());
    return () => {
      closed = true;
      stop();
    };
  }, [client, reader, no]);
  return read?.no === no ? read.found : undefined;
}
