/** Ways of writing "nothing" in exports seen (capabilities, section 3). */
export const emptyWords: readonly string[] = [
  '',
  '-',
  '--',
  '—',
  '－',
  '无',
  '空',
  'null',
  'none',
  'n/a',
  'nan',
  '#n/a',
  'nil',
];
