import { expect, test } from 'vitest';
import { ChunkCutter } from '#core/datasets/chunk-cutter.ts';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { chunkTargetBytes, inlineLimitBytes } from '#core/datasets/manifest-record.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import type { ImportId } from '#core/units/ids.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aBehaviour, aCustomerId, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';

const platform = createNodePlatform(new Uint8Array(32));
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    anOrderLine({ order: `order-${at * 7919}`, customer: aCustomerId(at + 1), atMs: atDay(0) + at }),
  );

test('[CHK8] a small chunk travels in its record, a large one is named by its hash', async () => {
  const small = await createManifestRecord(platform, {
    packed: packFacts('order-line', lines(3)),
    importId: '',
    importMs: 5,
  });
  expect(small.record).toMatchObject({
    kind: 'order-line',
    lines: 3,
    importMs: 5,
    minMs: atDay(0),
    maxMs: atDay(0) + 2,
    replaces: [],
  });
  expect(await platform.inflate(small.record.inline!, small.record.bytes)).toEqual(packFacts('order-line', lines(3)));
  const packed = packFacts('order-line', lines(3000));
  expect(packed.length).toBeGreaterThan(inlineLimitBytes);
  const large = await createManifestRecord(platform, { packed, importId: '', importMs: 5 });
  expect(large.record.inline).toBeNull();
  expect(large.stored).toHaveLength(large.record.storedBytes);
  expect(await platform.inflate(large.stored, large.record.bytes)).toEqual(packed);
});

test('[CHK8] the same chunk of the same import has the same id, of another import another', async () => {
  const packed = packFacts('order-line', lines(3));
  const idOf = async (importId: string, importMs: number) =>
    (await createManifestRecord(platform, { packed, importId: importId as ImportId, importMs })).record.id;
  expect(await idOf('i-1', 1)).toBe(await idOf('i-1', 1));
  expect(new Set([await idOf('i-1', 1), await idOf('i-2', 1), await idOf('i-1', 2)]).size).toBe(3);
});

test('[CHK9] facts are cut by dataset, business month and kind', () => {
  const cutter = new ChunkCutter();
  const facts: Fact[] = [
    anOrderLine(),
    aBehaviour(),
    anOrderLine({ order: 'b', atMs: atDay(40) }),
    aRefund({ atMs: atDay(1) }),
    anOrderLine({ order: 'c' }),
  ];
  expect(cutter.add(facts)).toEqual([]);
  const cut = [...cutter.finish()].map(({ path, packed }) => {
    const unpacked = unpackFacts(packed);
    return [path, unpacked.ok ? unpacked.value : []];
  });
  expect(cut).toEqual([
    ['facts/orders/2026-01', [facts[0], facts[4]]],
    ['facts/orders/2026-02', [facts[2]]],
    ['facts/behaviour/2026-01', [facts[1]]],
    ['facts/orders/2026-01', [facts[3]]],
  ]);
  expect([...cutter.finish()]).toEqual([]);
});

test('[CHK9] many facts make chunks near the target, whatever they weigh', () => {
  const cutter = new ChunkCutter();
  const all = lines(60_000);
  const full = [...cutter.add(all.slice(0, 30_000)), ...cutter.add(all.slice(30_000))];
  expect(full.length).toBeGreaterThan(3);
  for (const { packed } of full.slice(1)) {
    expect(packed.length).toBeGreaterThan(chunkTargetBytes * 0.8);
    expect(packed.length).toBeLessThan(chunkTargetBytes * 1.2);
  }
  const rows = [...full, ...cutter.finish()].reduce(
    (sum, { packed }) => sum + new DataView(packed.buffer).getUint32(8, true),
    0,
  );
  expect(rows).toBe(60_000);
});
