/**
 * The part of a body that a Range header asks for, as first and last byte. Null stands for all of it: nothing was asked
 * for, or something that may be answered so (several parts, other units).
 */
export const partOf = (
  range: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | 'outside' | null => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return null;
  return first > last ? 'outside' : { first, last };
};
