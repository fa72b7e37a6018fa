/** What was written; `pointer`: another generation is the base now. */
export interface WriteSignal {
  base: boolean;
  outbox: boolean;
  pointer: boolean;
}

export interface ChangeSignal {
  send(what: Partial<WriteSignal>): void;
  receive(listener: (what: WriteSignal) => void): void;
  close(): void;
}

/**
 * Tells the other contexts of this browser that the store was written. A hint: a worker killed between
 * commit and send loses it, so receivers look for themselves every 2 s as well. A sender does not hear itself.
 */
export function openChangeSignal(storeKey: string): ChangeSignal {
  const channel = new BroadcastChannel(`sellerdex-${storeKey}`);
  return {
    send: (what) => channel.postMessage({ base: false, outbox: false, pointer: false, ...what }),
    receive: (listener) => {
      channel.onmessage = (event: MessageEvent<WriteSignal>) => listener(event.data);
    },
    close: () => channel.close(),
  };
}
