import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '#core/datasets/crc-32.ts';
import type { Fact, FactKind, OrderLine } from '#core/datasets/fact.ts';
import type { FactOfKind } from '#core/datasets/fact-columns.ts';
import { kindCodes } from '#core/datasets/fact-schema.ts';
import { checksumOf, mostRows } from '#core/datasets/pack-columns.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { aBehaviour, aCustomerId, anOrderLine } from '#tests/makers/facts.ts';
import { arbitraryFact } from './arbitrary-facts.ts';
import { goldenChunks } from './golden-chunks.ts';

const pack = <Kind extends FactKind>(kind: Kind, facts: readonly Fact[]): Uint8Array =>
  packFacts(kind, facts as unknown as readonly FactOfKind<Kind>[]);
const roundTrip = (kind: FactKind, facts: readonly Fact[]) => unpackFacts(pack(kind, facts));
const seeded = { seed: 20_261_122, numRuns: 60 };

describe('what comes back', () => {
  for (const kind of kindCodes)
    test(`[CHK1] ${kind}: any facts come back as they were`, () => {
      fc.assert(
        fc.property(fc.array(arbitraryFact(kind), { maxLength: 40 }), (facts) => {
          expect(roundTrip(kind, facts)).toEqual({ ok: true, value: facts });
        }),
        seeded,
      );
    });

  test('[CHK1] nothing, one row and rows that are all alike', () => {
    for (const kind of kindCodes) expect(roundTrip(kind, [])).toEqual({ ok: true, value: [] });
    expect(roundTrip('order-line', [anOrderLine()])).toEqual({ ok: true, value: [anOrderLine()] });
    const alike = Array.from({ length: 1000 }, () => anOrderLine());
    expect(roundTrip('order-line', alike)).toEqual({ ok: true, value: alike });
    expect(pack('order-line', alike).length).toBeLessThan(500);
  });

  test('[CHK1] numbers at every edge of every width', () => {
    const edges = [
      0,
      1,
      255,
      256,
      65_535,
      65_536,
      2 ** 31 - 1,
      2 ** 31,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 52,
      2 ** 53 - 1,
      2 ** 53,
    ];
    for (const edge of edges)
      for (const [first, second] of [
        [0, edge],
        [-edge, edge],
        [edge, edge - 1],
        [-edge, 0.5],
        [edge, 0.01],
      ] as const) {
        const lines = [
          anOrderLine({ paidFen: first }),
          anOrderLine({ paidFen: second + 0 }),
          anOrderLine({ paidFen: first }),
        ].map((line) => ({ ...line, paidFen: line.paidFen + 0 }));
        expect(roundTrip('order-line', lines)).toEqual({ ok: true, value: lines });
      }
  });

  test('[CHK1] a million distinct texts', { timeout: 60_000 }, () => {
    const events = Array.from({ length: 1_000_000 }, (_, at) => aBehaviour({ id: `event-${at * 7919}` }));
    const unpacked = roundTrip('behaviour', events);
    expect(unpacked.ok && unpacked.value.length).toBe(1_000_000);
    for (const at of [0, 1, 65_535, 65_536, 999_999]) expect(unpacked.ok && unpacked.value[at]).toEqual(events[at]);
  });

  test('[CHK2] equal facts give equal bytes', () => {
    const facts = [anOrderLine(), anOrderLine({ order: 'b', paidFen: -5 })];
    expect(pack('order-line', facts)).toEqual(pack('order-line', structuredClone(facts)));
  });

  test('[CHK5] version 1 stays readable', () => {
    for (const { kind, hex, facts } of goldenChunks) {
      expect(unpackFacts(bytesFromHex(hex))).toEqual({ ok: true, value: facts });
      expect(hexOf(pack(kind, facts))).toBe(hex);
    }
    expect(new Set(goldenChunks.map(({ kind }) => kind))).toEqual(new Set(kindCodes));
  });

  test('the checksum is the CRC-32 of everyone else', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});

describe('what is refused', () => {
  const small = pack('order-line', [
    anOrderLine({ itemName: '鲜牛奶', paidFen: 1990 }),
    anOrderLine({ order: 'o-2', paidFen: 2 ** 53 }),
  ]);

  test('[CHK3] any changed byte', () => {
    for (let at = 0; at < small.length; at++)
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = small.slice();
        damaged[at]! ^= flip;
        const unpacked = unpackFacts(damaged);
        expect(unpacked.ok, `byte ${at}`).toBe(false);
      }
  });

  test('[CHK3] any cut, and anything added', () => {
    for (let length = 0; length < small.length; length++) {
      const unpacked = unpackFacts(small.slice(0, length));
      expect(unpacked.ok, `${length} bytes`).toBe(false);
    }
    expect(unpackFacts(Uint8Array.from([...small, 0])).ok).toBe(false);
    expect(unpackFacts(small.slice(0, 10))).toEqual({ ok: false, error: { kind: 'truncated' } });
    expect(unpackFacts(new TextEncoder().encode('order,item,paid\n1,2,3\n'))).toEqual({
      ok: false,
      error: { kind: 'not-a-chunk' },
    });
  });

  test('[CHK4] a later version, by its number', () => {
    const later = small.slice();
    later[4] = 2;
    expect(unpackFacts(later)).toEqual({ ok: false, error: { kind: 'newer-version', version: 2 } });
  });

  test('[CHK6] what is no number and what is no id', () => {
    for (const paidFen of [NaN, Infinity, -Infinity])
      expect(() => pack('order-line', [anOrderLine({ paidFen })])).toThrow();
    for (const customer of ['', 'x', '00000000000000zz', `${aCustomerId()}0`])
      expect(() => pack('order-line', [anOrderLine({ customer } as unknown as Partial<OrderLine>)])).toThrow();
    expect(() => packFacts('order-line', [{ kind: 'order-line' } as unknown as OrderLine])).toThrow();
  });

  test('[CHK7] columns that contradict each other under a right checksum are refused, never misread, never thrown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: small.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const forged = small.slice();
        forged[at]! ^= flip;
        const unpacked = unpackFacts(seal(forged));
        // A forger may say anything that makes sense; what makes none is refused.
        if (unpacked.ok) expect(unpacked.value).toHaveLength(2);
        else expect(['inconsistent']).toContain(unpacked.error.kind);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  test('[CHK7] a promise of billions of rows is refused before anything is allocated', () => {
    const forged = small.slice();
    new DataView(forged.buffer).setUint32(8, mostRows + 1, true);
    expect(unpackFacts(seal(forged))).toEqual({ ok: false, error: { kind: 'too-large' } });
  });
});

function seal(chunk: Uint8Array): Uint8Array {
  new DataView(chunk.buffer).setUint32(12, checksumOf(chunk), true);
  return chunk;
}

function bytesFromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
