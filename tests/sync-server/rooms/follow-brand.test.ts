import { afterEach, expect, test } from 'vitest';
import { renameBrand } from '#core/workspace/brand.doc.ts';
import { createFollowBrand } from '#sync-server/rooms/follow-brand.ts';
import { openRig, type Rig } from '../rig.ts';

let rig: Rig;
afterEach(() => rig.close());

const follow = () =>
  createFollowBrand({
    rooms: rig.rooms,
    access: rig.access,
    delayMs: 5,
    report: (kind, detail) => void rig.reports.push(`${kind} ${detail}`),
  });
const rename = (brand: string): Promise<unknown> =>
  rig.rooms.change(`${rig.workspace}/settings`, 'test', (doc) => renameBrand(doc, brand));
const recorded = async (): Promise<string | undefined> => (await rig.access.readWorkspace(rig.workspace))?.brand;
const renames = async (): Promise<readonly unknown[]> =>
  (await rig.access.listAudit(rig.workspace)).filter((entry) => (entry as { kind: string }).kind === 'renamed');

test('[ROOM22] a rename in the settings reaches sessions, invitations and the audit log, once', async () => {
  rig = await openRig();
  const brands = follow();
  await brands.open([rig.workspace]);
  expect(await recorded()).toBe('North Slope');
  await rename('北坡食集');
  await rename('北坡食集二店');
  await expect.poll(recorded).toBe('北坡食集二店');
  expect(await renames()).toEqual([
    { kind: 'renamed', member: '', detail: '北坡食集二店', atMs: expect.any(Number) as number },
  ]);
  const { token } = await rig.signIn('host');
  expect((await rig.access.readSession(token))?.memberships[0]?.brand).toBe('北坡食集二店');
  // Other changes of the settings, and other documents, rename nothing.
  await rig.rooms.change(`${rig.workspace}/settings`, 'test', (doc) => doc.getMap('thresholds').set('a', 1));
  await brands.close();
  expect(await renames()).toHaveLength(1);
  expect(rig.reports).toEqual([]);
});

test('[ROOM22] what waited is taken at the end, and what a crash left behind at the next start', async () => {
  rig = await openRig();
  const brands = follow();
  await rename('收尾时的名字');
  await brands.close();
  expect(await recorded()).toBe('收尾时的名字');
  await rename('没人看着时的名字');
  expect(await recorded()).toBe('收尾时的名字');
  const later = follow();
  await later.open([rig.workspace]);
  expect(await recorded()).toBe('没人看着时的名字');
  await later.close();
});

test('[ROOM22] a workspace that is gone is not brought back by its name', async () => {
  rig = await openRig();
  const brands = follow();
  await rename('改了又删');
  await rig.access.removeWorkspace(rig.workspace);
  await brands.close();
  expect(await recorded()).toBeUndefined();
});
