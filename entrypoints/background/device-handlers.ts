import type { Handlers } from '#lib/messaging/serve.ts';
import { clearNotice } from '#lib/store/notices.ts';
import { mendBase } from '#lib/store/mend-base.ts';
import { writeDeviceValue } from '#lib/store/write-device-value.ts';
import { connected } from './edit-handlers.ts';
import { updateNow } from './updates.ts';
import type { CurrentWorkspace } from './workspace.ts';

interface DeviceParts {
  current: CurrentWorkspace;
  sync: () => void;
  schedule: () => Promise<void>;
}

/** What concerns this browser rather than the team's data. */
export function deviceHandlers({
  current,
  sync,
  schedule,
}: DeviceParts): Pick<
  Handlers,
  'storage.check' | 'notice.seen' | 'settings.sync' | 'settings.notifications' | 'update.apply'
> {
  return {
    async 'storage.check'() {
      const { writer, betweenSyncs } = await connected(current);
      const { base } = writer;
      await betweenSyncs(() => mendBase(writer, 'pages'));
      // A sync that met the damage first has given the base up by itself.
      const damaged = writer.base !== base;
      if (damaged) sync();
      return { damaged };
    },

    async 'notice.seen'() {
      const { writer } = await connected(current);
      await clearNotice(writer.own, 'lost');
      writer.written({ outbox: true });
      return {};
    },

    async 'settings.sync'({ minutes }) {
      await writeDeviceValue('sync_minutes', minutes);
      await schedule();
      return {};
    },

    async 'settings.notifications'({ silenced }) {
      await writeDeviceValue('silenced', silenced);
      return {};
    },

    async 'update.apply'() {
      await updateNow();
      return {};
    },
  };
}
