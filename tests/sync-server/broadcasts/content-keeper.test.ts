import { expect, test, vi } from 'vitest';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';
import { createBroadcasts } from '#sync-server/broadcasts/broadcasts.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anIdentityLink } from '#tests/makers/facts.ts';
import { openHttpRig } from '../http-rig.ts';

const platform = createNodePlatform(new Uint8Array(32));

test('[EVT8] content opened off air is a fact of whom the key belongs to', async () => {
  const rig = await openHttpRig();
  const { workspace } = await rig.claim();
  const links = [anIdentityLink({ keyKind: 'openid', key: 'o-7', customer: aCustomerId(7) })];
  const packed = packFacts('identity-link', links);
  const { record } = await createManifestRecord(platform, { packed, importId: '', importMs: 1 });
  await rig.rooms.change(`${workspace}/facts/identity/2026-01`, 'test', (doc) => addManifestRecords(doc, [record]));
  const broadcasts = createBroadcasts({
    ...rig,
    platform,
    nowMs: () => rig.clock.ms,
    listWorkspaces: async () => [workspace],
    report: (kind, detail) => {
      throw new Error(`${kind} ${detail}`);
    },
  });
  const opened = (id: string, type: string, viewer: string) => {
    const data = { viewer_id: viewer, viewer_key: 'openid', seconds: 21 };
    const event = parseLiveEvent({ specversion: '1.0', source: 'mini', id, type, data }, rig.clock.ms);
    if (!event.ok) throw new Error(event.error.kind);
    return event.value;
  };
  broadcasts.take(workspace, [opened('1', 'Story Opened', 'o-7'), opened('2', 'Knowledge Opened', 'o-8')]);
  await broadcasts.tick();
  const written = async () => {
    const { records } = await rig.rooms.read(`${workspace}/facts/behaviour/2026-11`, readManifest);
    const chunks = await Promise.all(
      records.map(async ({ inline, bytes }) => unpackFacts(await platform.inflate(inline!, bytes))),
    );
    return chunks.flatMap((chunk) => (chunk.ok ? chunk.value : []));
  };
  await vi.waitFor(async () =>
    expect(await written()).toMatchObject([
      { name: 'story-opened', customer: aCustomerId(7), value: 21, atMs: rig.clock.ms },
      { name: 'knowledge-opened', customer: '' },
    ]),
  );
  await broadcasts.close();
  await rig.close();
});
