/**
 * Which platform's export a header is. 微信小店 has had three: the oldest prices items singly and pays by order; the
 * second writes what each item was paid; the third adds the WeCom id. Anything else is generic, which works by names.
 */
import type { OrderFormat } from './mapping.ts';
import { formatMarks } from './format-marks.data.ts';
import { normaliseHeader } from './normalise-header.ts';

export const recogniseFormat = (header: readonly string[]): OrderFormat => {
  const names = new Set(header.map(normaliseHeader));
  return formatMarks.find(({ marks }) => marks.every((mark) => names.has(mark)))?.format ?? 'generic';
};
