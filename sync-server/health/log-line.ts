/** One line of JSON for an administrator. What looks like a phone number or an address of a person is left out. */
const personal: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<email>'],
  [/\+?\d[\d -]{6,}\d/g, '<number>'],
];
const mostLength = 2000;

export const logLine = (kind: string, detail: string, nowMs: number): string => {
  const clean = personal.reduce((text, [pattern, word]) => text.replace(pattern, word), detail);
  return JSON.stringify({ at: new Date(nowMs).toISOString(), kind, detail: clean.slice(0, mostLength) });
};
