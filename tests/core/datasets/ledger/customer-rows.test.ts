import { expect, test } from 'vitest';
import { CustomerRows } from '#core/datasets/ledger/customer-rows.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

test('[LED12] rows of a customer stand in order, however they came, were moved and cut', () => {
  const random = seededRandom(6);
  const at = Array.from({ length: 6000 }, () => Math.floor(random() * 1000));
  const live = Uint8Array.from(at, () => (random() < 0.9 ? 1 : 0));
  const compare = (a: number, b: number): number => at[a]! - at[b]! || a - b;
  const rows = new CustomerRows(compare);
  const linked: number[][] = Array.from({ length: 40 }, () => []);
  at.forEach((_, row) => {
    // The first few have most, in no order at all; those of the others mostly rise.
    const raw = Math.floor(random() ** 3 * 40);
    if (raw > 5) at[row] = row + Math.floor(random() * 30);
    rows.link(row, raw);
    linked[raw]!.push(row);
    if (row % 1500 === 999) rows.trim();
    if (row % 37 !== 0) return;
    const members = row % 2 === 0 ? [raw] : [raw, (raw + 1) % 40];
    const wanted = members.flatMap((member) => linked[member]!).filter((each) => live[each] === 1);
    expect([...rows.of(members, live)]).toEqual(wanted.sort(compare));
  });
  linked.forEach((own, raw) => {
    const seen: number[] = [];
    rows.visit(raw, (row) => seen.push(row));
    expect(seen.sort((a, b) => a - b)).toEqual(own);
  });
  expect([...rows.of([99], live)]).toEqual([]);
});
