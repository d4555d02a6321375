/**
 * A record of parameters from its JSON. Groups it does not know yet (it was fitted before they existed) answer with the
 * built-in ones; a group that is there in another shape makes the whole record unreadable, because half of a fit means
 * nothing. So is a record with a number nobody can compute with. The built-in record is the pattern.
 */
import { knownNextProducts } from '../next-products/next-products-parameters.ts';
import { fitsPattern, parseTable } from './fits-pattern.ts';
import { isSound } from './is-sound.ts';
import { type FittedParameters, defaultParameters } from './parameters.ts';

export const completeParameters = (json: string): FittedParameters | null => {
  const found = parseTable(json);
  if (found === null) return null;
  const complete: Record<string, unknown> = {};
  for (const [name, pattern] of Object.entries(defaultParameters)) {
    if (name === 'rfm') continue;
    const value = found[name];
    if (value !== undefined && !fitsPattern(pattern, value)) return null;
    complete[name] = value ?? pattern;
  }
  const parameters = complete as unknown as FittedParameters;
  if (!isSound(parameters)) return null;
  return Object.freeze({ ...parameters, nextProducts: knownNextProducts(parameters.nextProducts) });
};
