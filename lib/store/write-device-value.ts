import { type DeviceValues, withDevice } from './device-database.ts';

// Background only: pages read these values, and reach none of this.

/** `undefined` forgets the value. */
export async function writeDeviceValue<K extends keyof DeviceValues>(
  key: K,
  value: DeviceValues[K] | undefined,
): Promise<void> {
  await withDevice<unknown>((device) =>
    value === undefined ? device.values.delete(key) : device.values.put(value, key),
  );
}

/** The value, which is forgotten in the same step: whoever is killed after it does not act on it twice. */
export async function takeDeviceValue<K extends keyof DeviceValues>(key: K): Promise<DeviceValues[K] | undefined> {
  return withDevice((device) =>
    device.transaction('rw', device.values, async () => {
      const value = await device.values.get(key);
      await device.values.delete(key);
      return value as DeviceValues[K] | undefined;
    }),
  );
}
