import { expect, test, vi } from 'vitest';
import type { Behaviour } from '#core/datasets/fact.ts';
import { readEveryRecord } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { dayMs } from '#core/units/business-day.ts';
import { aDeviceWorkspace, bringFacts } from '#tests/makers/device-workspace.ts';
import { aBehaviour } from '#tests/makers/facts.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { openEngine } from '#web/engine/open-engine.svelte.ts';

test('[CMT1] without a server the device empties the text of old comments when it starts', async () => {
  const { workspace, engine: earlier } = await aDeviceWorkspace();
  const comment = (name: string, daysAgo: number): Behaviour =>
    aBehaviour({ id: name, name: 'comment-posted', atMs: Date.now() - daysAgo * dayMs, text: `about ${name}` });
  // Ids that no compression shortens make a chunk too large to travel in its record.
  const many = Array.from({ length: 3000 }, (_, at) => comment(`${Math.imul(at + 1, 2_654_435_761)}`, 60));
  await bringFacts(earlier, [comment('old', 40), comment('young', 2), ...many]);
  const waiting = async () => (await earlier.client.ask('facts.overview', null)).body.waiting;
  await vi.waitFor(async () => expect(await waiting()).toBe(0));
  await earlier.close();

  const engine = openEngine(workspace);
  await engine.client.ask('facts.overview', null);
  const store = openBlobStore(workspace.id, workspace.member.id);
  const texts = async (): Promise<readonly string[]> => {
    const kept = await store.chunks.toArray();
    const read = await Promise.all(
      kept.map(async ({ record: { inline, hash, bytes } }) => {
        const stored = inline ?? (await store.blobs.get(hash))?.stored;
        const facts = stored && unpackFacts(await workspace.platform.inflate(stored, bytes));
        return facts?.ok ? (facts.value as readonly Behaviour[]).map(({ text }) => text) : ['unreadable'];
      }),
    );
    return read.flat();
  };
  await vi.waitFor(async () => expect((await texts()).filter((text) => text !== '')).toEqual(['about young']), 10_000);
  expect((await texts()).length).toBe(many.length + 2);
  const hashes = (await store.chunks.toArray()).flatMap(({ record }) => (record.inline === null ? [record.hash] : []));
  expect((await store.blobs.toArray()).map(({ hash }) => hash).sort()).toEqual(hashes.sort());
  for (const path of new Set((await store.chunks.toArray()).map((chunk) => chunk.path))) {
    const document = workspace.open(path);
    await document.loaded;
    expect(readEveryRecord(document.doc).every(({ isReplaced }) => !isReplaced)).toBe(true);
    document.close();
  }
  store.close();
  await engine.close();
  await workspace.wipe();
});
