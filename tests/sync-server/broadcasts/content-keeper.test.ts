import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';
import { type Broadcasts, createBroadcasts } from '#sync-server/broadcasts/broadcasts.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anIdentityLink } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig } from '../http-rig.ts';

const platform = createNodePlatform(new Uint8Array(32));
let rig: HttpRig;
let workspace: string;
let broadcasts: Broadcasts;
let refuses: boolean;
let reports: string[];

beforeEach(async () => {
  rig = await openHttpRig();
  ({ workspace } = await rig.claim());
  refuses = false;
  reports = [];
  const change: typeof rig.rooms.change = (room, origin, write) =>
    refuses && room.includes('/facts/behaviour/')
      ? Promise.reject(new Error('storage does not accept writes'))
      : rig.rooms.change(room, origin, write);
  broadcasts = createBroadcasts({
    ...rig,
    rooms: { ...rig.rooms, change },
    platform,
    nowMs: () => rig.clock.ms,
    listWorkspaces: async () => (await rig.access.listWorkspaces()).map(({ id }) => id),
    report: (kind, detail) => reports.push(`${kind} ${detail}`),
  });
});
afterEach(() => rig.close());

const opened = (id: string, type: string, viewer: string) => {
  const data = { viewer_id: viewer, viewer_key: 'openid', seconds: 21 };
  const event = parseLiveEvent({ specversion: '1.0', source: 'mini', id, type, data }, rig.clock.ms);
  if (!event.ok) throw new Error(event.error.kind);
  return event.value;
};
const chunks = async () => {
  const { records } = await rig.rooms.read(`${workspace}/facts/behaviour/2026-11`, readManifest);
  return Promise.all(records.map(async ({ inline, bytes }) => unpackFacts(await platform.inflate(inline!, bytes))));
};
const written = async () => (await chunks()).flatMap((chunk) => (chunk.ok ? chunk.value : []));

test('[EVT8] content opened off air is a fact of whom the key belongs to', async () => {
  const links = [anIdentityLink({ keyKind: 'openid', key: 'o-7', customer: aCustomerId(7) })];
  const packed = packFacts('identity-link', links);
  const { record } = await createManifestRecord(platform, { packed, importId: '', importMs: 1 });
  await rig.rooms.change(`${workspace}/facts/identity/2026-01`, 'test', (doc) => addManifestRecords(doc, [record]));
  broadcasts.take(workspace, [opened('1', 'Story Opened', 'o-7'), opened('2', 'Knowledge Opened', 'o-8')]);
  await broadcasts.tick();
  await vi.waitFor(async () =>
    expect(await written()).toMatchObject([
      { name: 'story-opened', customer: aCustomerId(7), value: 21, atMs: rig.clock.ms },
      { name: 'knowledge-opened', customer: '' },
    ]),
  );
  await broadcasts.close();
  expect(reports).toEqual([]);
});

test('[EVT8] the first is written at once, what follows together, and at the end what still waits', async () => {
  broadcasts.take(workspace, [opened('1', 'Story Opened', 'o-1')]);
  await broadcasts.tick();
  await vi.waitFor(async () => expect(await chunks()).toHaveLength(1));
  for (const id of ['2', '3', '4']) {
    rig.clock.ms += 1000;
    broadcasts.take(workspace, [opened(id, 'Story Opened', 'o-1')]);
    await broadcasts.tick();
  }
  expect(await chunks()).toHaveLength(1);
  rig.clock.ms += 30_000;
  await broadcasts.tick();
  await vi.waitFor(async () => expect(await chunks()).toHaveLength(2));
  broadcasts.take(workspace, [opened('5', 'Story Opened', 'o-1')]);
  await broadcasts.close();
  expect([(await chunks()).length, (await written()).length]).toEqual([3, 5]);
});

test('[EVT8] what storage refused is written once it takes it', async () => {
  refuses = true;
  broadcasts.take(workspace, [opened('1', 'Story Opened', 'o-1')]);
  await broadcasts.tick();
  await vi.waitFor(() => expect(reports).toHaveLength(1));
  expect(await written()).toEqual([]);
  refuses = false;
  rig.clock.ms += 30_000;
  await broadcasts.tick();
  await vi.waitFor(async () => expect(await written()).toHaveLength(1));
  await broadcasts.close();
});

test('[EVT8] a workspace that was removed takes along what waits', async () => {
  const gone = 'not-here';
  broadcasts.take(gone, [opened('1', 'Story Opened', 'o-1')]);
  await broadcasts.tick();
  await broadcasts.close();
  expect([reports, await rig.storage.log.list(gone)]).toEqual([[], []]);
});
