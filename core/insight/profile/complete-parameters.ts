/**
 * A record of parameters from its JSON. Groups it does not know yet (it was fitted before they existed) answer with the
 * built-in ones; a group that is there in another shape makes the whole record unreadable, because half of a fit means
 * nothing. The built-in record is the pattern: an empty list or table in it stands for any.
 */
import { type FittedParameters, defaultParameters } from './parameters.ts';

export const completeParameters = (json: string): FittedParameters | null => {
  const found = parse(json);
  if (!isTable(found)) return null;
  const complete: Record<string, unknown> = {};
  for (const [name, pattern] of Object.entries(defaultParameters)) {
    if (name === 'rfm') continue;
    const value = found[name];
    if (value !== undefined && !fits(pattern, value)) return null;
    complete[name] = value ?? pattern;
  }
  return Object.freeze(complete) as unknown as FittedParameters;
};

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function fits(pattern: unknown, value: unknown): boolean {
  if (pattern === null) return true;
  if (Array.isArray(pattern))
    return Array.isArray(value) && (pattern.length === 0 || value.every((one) => fits(pattern[0], one)));
  if (isTable(pattern))
    return isTable(value) && Object.entries(pattern).every(([name, part]) => fits(part, value[name]));
  return typeof value === typeof pattern;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
