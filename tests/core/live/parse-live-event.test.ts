import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant } from '#core/live/parse-instant.ts';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';

const envelope = (fields: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  source: 'shop',
  id: '1',
  type: 'Product Clicked',
  time: '2026-11-20T20:14:05+08:00',
  data: { product_id: 'milk' },
  ...fields,
});

test('[EVT1] each fault is named by field and by what was expected', () => {
  const faultOf = (fields: Record<string, unknown>) => {
    const parsed = parseLiveEvent(envelope(fields), 0);
    return parsed.ok ? null : parsed.error;
  };
  expect(faultOf({})).toBeNull();
  expect(faultOf({ specversion: '0.3' })).toEqual({
    kind: 'wrong-field',
    field: 'specversion',
    expected: 'version-1.0',
  });
  expect(faultOf({ id: undefined })).toEqual({ kind: 'wrong-field', field: 'id', expected: 'present' });
  expect(faultOf({ source: 7 })).toEqual({ kind: 'wrong-field', field: 'source', expected: 'text' });
  expect(faultOf({ type: 'Product Licked' })).toEqual({ kind: 'unknown-type', type: 'Product Licked' });
  expect(faultOf({ type: 'toString' })).toEqual({ kind: 'unknown-type', type: 'toString' });
  expect(faultOf({ data: { product_id: 5 } })).toEqual({
    kind: 'wrong-field',
    field: 'data.product_id',
    expected: 'text',
  });
  expect(faultOf({ data: {} })).toEqual({ kind: 'wrong-field', field: 'data.product_id', expected: 'present' });
  expect(faultOf({ data: { product_id: 'm', count: '3' } })).toEqual({
    kind: 'wrong-field',
    field: 'data.count',
    expected: 'whole-number',
  });
  expect(faultOf({ data: { product_id: 'm', viewer_id: 'v', viewer_key: 'face' } })).toEqual({
    kind: 'wrong-field',
    field: 'data.viewer_key',
    expected: 'key-kind',
  });
  expect(faultOf({ type: 'Audience Sampled', data: {} })).toEqual({
    kind: 'wrong-field',
    field: 'data.viewers',
    expected: 'present',
  });
});

test('[EVT2] whatever JSON arrives, opening it never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => void parseLiveEvent(value, 0)),
    { seed: 4, numRuns: 500 },
  );
  const almost = fc.record({
    specversion: fc.constant('1.0'),
    id: fc.jsonValue(),
    source: fc.jsonValue(),
    type: fc.constantFrom('Product Viewed', 'Comment Posted', 'Audience Sampled', 'Product Counted'),
    time: fc.jsonValue(),
    data: fc.jsonValue(),
  });
  fc.assert(
    fc.property(almost, (value) => void parseLiveEvent(value, 0)),
    { seed: 5, numRuns: 500 },
  );
});

test('[EVT3] no time is the arrival, a time without a zone is refused', () => {
  const at = (time: unknown) => {
    const parsed = parseLiveEvent(envelope({ time }), 77);
    return parsed.ok ? parsed.value.atMs : parsed.error.kind;
  };
  expect(at(undefined)).toBe(77);
  expect(at('2026-11-20T20:14:05+08:00')).toBe(Date.parse('2026-11-20T12:14:05Z'));
  expect(at('2026-11-20T20:14:05.250Z')).toBe(Date.parse('2026-11-20T20:14:05.250Z'));
  expect(at('2026-11-20T20:14:05')).toBe('wrong-field');
  expect(at('yesterday')).toBe('wrong-field');
  expect(parseInstant('2026-13-20T20:14:05Z')).toBeNull();
});
