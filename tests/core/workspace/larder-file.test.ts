import { expect, test } from 'vitest';
import { type LarderContents, readLarderFile, writeLarderFile } from '#core/workspace/larder-file.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';

const platform = createNodePlatform(new Uint8Array(32));
const contents: LarderContents = {
  workspace: 'w-1',
  brand: '北坡食集',
  exportedMs: 1_795_000_000_000,
  entries: [
    { kind: 'document', name: 'settings', bytes: Uint8Array.from({ length: 5000 }, (_, at) => at % 7) },
    { kind: 'blob', name: 'a'.repeat(64), bytes: Uint8Array.from({ length: 300 }, (_, at) => (at * 31) % 256) },
    { kind: 'document', name: 'facts/orders/2026-11', bytes: new Uint8Array(0) },
  ],
  sealed: null,
};

test('[LAR1] what is written is read back, documents deflated, blobs as they are', async () => {
  const file = await writeLarderFile(contents, platform);
  const read = await readLarderFile(file, platform);
  expect(
    read.ok && { ...read.value, entries: read.value.entries.map((entry) => ({ ...entry, bytes: [...entry.bytes] })) },
  ).toEqual({
    ...contents,
    entries: contents.entries.map((entry) => ({ ...entry, bytes: [...entry.bytes] })),
  });
  expect(file.length).toBeLessThan(1500);
});

test('[LAR1] a workspace with nothing in it', async () => {
  const empty = { ...contents, entries: [] };
  expect(await readLarderFile(await writeLarderFile(empty, platform), platform)).toEqual({ ok: true, value: empty });
});

test('[LAR1] reads from a view into a larger buffer', async () => {
  const file = await writeLarderFile(contents, platform);
  const larger = new Uint8Array(file.length + 20);
  larger.set(file, 13);
  expect((await readLarderFile(larger.subarray(13, 13 + file.length), platform)).ok).toBe(true);
});

test('[LAR2] any changed byte, any cut and anything added is refused', async () => {
  const file = await writeLarderFile(contents, platform);
  for (let at = 8; at < file.length; at += 3) {
    const changed = file.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    expect(await readLarderFile(changed, platform), `byte ${at}`).toEqual({ ok: false, error: { kind: 'damaged' } });
  }
  for (const length of [9, 43, 44, 60, file.length - 1])
    expect((await readLarderFile(file.slice(0, length), platform)).ok, `cut at ${length}`).toBe(false);
  const longer = new Uint8Array(file.length + 1);
  longer.set(file);
  expect(await readLarderFile(longer, platform)).toEqual({ ok: false, error: { kind: 'damaged' } });
});

test('[LAR3] other files and newer versions are told apart', async () => {
  expect(await readLarderFile(platform.utf8('order,customer\n1,2\n'), platform)).toEqual({
    ok: false,
    error: { kind: 'not-larder' },
  });
  expect(await readLarderFile(new Uint8Array(0), platform)).toEqual({ ok: false, error: { kind: 'not-larder' } });
  const newer = await writeLarderFile(contents, platform);
  newer[7] = 3;
  expect(await readLarderFile(newer, platform)).toEqual({ ok: false, error: { kind: 'newer-version' } });
});

test('[LAR4] a sealed section is carried as it is, and an older reader would refuse the file', async () => {
  const sealed = Uint8Array.from({ length: 90 }, (_, at) => (at * 17) % 256);
  const file = await writeLarderFile({ ...contents, sealed }, platform);
  const read = await readLarderFile(file, platform);
  expect(read.ok && read.value.sealed && [...read.value.sealed]).toEqual([...sealed]);
  expect(read.ok && read.value.entries.map(({ name }) => name)).toEqual(contents.entries.map(({ name }) => name));
  expect(file[7]).toBe(2);
  expect((await writeLarderFile(contents, platform))[7]).toBe(1);
  const changed = file.slice();
  changed[file.length - 1] = (changed[file.length - 1] ?? 0) ^ 1;
  expect(await readLarderFile(changed, platform)).toEqual({ ok: false, error: { kind: 'damaged' } });
});
