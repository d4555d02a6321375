import { expect, it } from 'vitest';
import { assignArm } from '#core/segments/assign-arm.ts';
import { aCustomerId } from '#tests/makers/facts.ts';

it('[FUP10] the arm depends on experiment and customer alone, in the share asked for', () => {
  const arms = Array.from({ length: 10_000 }, (_, at) => assignArm('family/follow-up/watched', aCustomerId(at), 0.1));
  const held = arms.filter((arm) => arm === 'hold-out').length;
  expect(held).toBeGreaterThan(900);
  expect(held).toBeLessThan(1100);
  expect(assignArm('e', aCustomerId(7), 0)).toBe('act');
  expect(assignArm('e', aCustomerId(7), 1)).toBe('hold-out');
  const other = Array.from({ length: 10_000 }, (_, at) => assignArm('another', aCustomerId(at), 0.1));
  const both = arms.filter((arm, at) => arm === 'hold-out' && other[at] === 'hold-out').length;
  expect(both).toBeLessThan(200);
});
