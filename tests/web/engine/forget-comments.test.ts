import { expect, test, vi } from 'vitest';
import type { Behaviour } from '#core/datasets/fact.ts';
import { readEveryRecord, readManifest } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { dayMs } from '#core/units/business-day.ts';
import { aDeviceWorkspace, bringFacts } from '#tests/web/device-workspace.ts';
import { aBehaviour, aCustomerId } from '#tests/makers/facts.ts';
import { type BlobStore, openBlobStore } from '#web/device/blob-store.ts';
import { DeviceEraser } from '#web/engine/insight/device-eraser.ts';
import { openEngine } from '#web/engine/open-engine.svelte.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

const comment = (name: string, daysAgo: number, customer = aCustomerId(1)): Behaviour =>
  aBehaviour({
    id: name,
    name: 'comment-posted',
    customer,
    atMs: Date.now() - daysAgo * dayMs,
    text: `about ${name}`,
  });
/** Ids that no compression shortens make a chunk too large to travel in its record. */
const many = Array.from({ length: 3000 }, (_, at) => comment(`${Math.imul(at + 1, 2_654_435_761)}`, 60));

/** A brand with these comments, whose engine has been closed. */
const withComments = async (comments: readonly Behaviour[]): Promise<OpenedWorkspace> => {
  const { workspace, engine } = await aDeviceWorkspace();
  await bringFacts(engine, comments);
  const waiting = async () => (await engine.client.ask('facts.overview', null)).body.waiting;
  await vi.waitFor(async () => expect(await waiting()).toBe(0));
  await engine.close();
  return workspace;
};
const keptFacts = async (store: BlobStore, { platform }: OpenedWorkspace): Promise<readonly Behaviour[]> => {
  const kept = await store.chunks.toArray();
  const read = await Promise.all(
    kept.map(async ({ record: { inline, hash, bytes } }) => {
      const stored = inline ?? (await store.blobs.get(hash))?.stored;
      const facts = stored && unpackFacts(await platform.inflate(stored, bytes));
      if (!facts?.ok) throw new Error('unreadable');
      return facts.value as readonly Behaviour[];
    }),
  );
  return read.flat();
};

test('[CMT1] without a server the device empties the text of old comments when it starts', async () => {
  const workspace = await withComments([comment('old', 40), comment('young', 2), ...many]);
  const engine = openEngine(workspace);
  await engine.client.ask('facts.overview', null);
  const store = openBlobStore(workspace.id, workspace.member.id);
  const texts = async () => (await keptFacts(store, workspace)).map(({ text }) => text);
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

test('[CMT1] who is erased while old comments are forgotten is erased, and their words with them', async () => {
  const workspace = await withComments([comment('goes', 60), comment('stays', 60, aCustomerId(2))]);
  const { id, member, documents, platform, nowMs } = workspace;
  const store = openBlobStore(id, member.id);
  const eraser = new DeviceEraser({
    store,
    documents,
    // Slow enough that both have looked before either has changed anything.
    platform: {
      ...platform,
      inflate: (stored, bytes) =>
        new Promise((resolve) => setTimeout(resolve, 200)).then(() => platform.inflate(stored, bytes)),
    },
    people: { keep: () => Promise.resolve() } as never,
    workspace: id,
    memberId: member.id,
    nowMs,
    taken: () => Promise.resolve(),
    sent: () => Promise.resolve(),
  });
  const person = { customers: new Set([aCustomerId(1)]), keys: [], names: [] };
  await Promise.all([eraser.erase(person), eraser.forgetComments()]);
  const [path = ''] = (await store.chunks.toArray()).map((chunk) => chunk.path);
  const document = workspace.open(path);
  await document.loaded;
  const { records } = readManifest(document.doc);
  const facts = await Promise.all(
    records.map(async ({ inline, bytes }) => unpackFacts(await platform.inflate(inline as Uint8Array, bytes))),
  );
  expect(facts).toMatchObject([{ ok: true, value: [{ id: 'stays', text: '' }] }]);
  document.close();
  store.close();
  await workspace.wipe();
});
