import { expect, test } from 'vitest';
import { renameBrand } from '#core/workspace/brand.doc.ts';
import { createDeviceWorkspace } from '#web/device/create-device-workspace.ts';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { openWorkspace } from '#web/workspace/open-workspace.ts';

test('a brand that is renamed is called so in the list of brands on this device, too', async () => {
  const database = openDeviceDatabase();
  const { id } = await createDeviceWorkspace(database, { brand: 'My shop', memberName: 'Ann' });
  const deps = { database, origin: location.origin, ended: () => undefined, reopen: () => undefined };
  const opened = await openWorkspace(id, deps);
  if (!opened.ok) throw new Error(opened.error.kind);
  const settings = opened.value.open('settings');
  await settings.loaded;
  renameBrand(settings.doc, 'North Slope');
  await expect.poll(async () => (await database.workspaces.get(id))?.brand).toBe('North Slope');
  await opened.value.wipe();
  database.close();
});
