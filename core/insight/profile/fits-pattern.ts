/**
 * Whether a value read from outside has the shape of a pattern: the same kinds of values under the same names, each entry
 * of a list like the pattern's first. An empty list or table stands for any, null for anything.
 */
export const fitsPattern = (pattern: unknown, value: unknown): boolean => {
  if (pattern === null) return true;
  if (Array.isArray(pattern))
    return Array.isArray(value) && (pattern.length === 0 || value.every((one) => fitsPattern(pattern[0], one)));
  if (isTable(pattern))
    return isTable(value) && Object.entries(pattern).every(([name, part]) => fitsPattern(part, value[name]));
  return typeof value === typeof pattern;
};

export const parseTable = (json: string): Readonly<Record<string, unknown>> | null => {
  try {
    const found: unknown = JSON.parse(json);
    return isTable(found) ? found : null;
  } catch {
    return null;
  }
};

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
