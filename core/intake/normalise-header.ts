/** A column's name as it is compared: full and half width alike, no spaces or marks, lower case. */
export const normaliseHeader = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/[\s\ufeff\u200b"'`*：:_-]+/g, '')
    .toLowerCase();

/** What a file's columns look like as a whole; mappings are remembered under it. Order counts, spelling width not. */
export const headerSignature = (header: readonly string[]): string => {
  const text = header.map(normaliseHeader).join('\u0001');
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(at), 0x5bd1e995) ^ (b >>> 15);
  }
  return `${header.length}-${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}`;
};
