/**
 * What rows say of their buyers' consent, as old as their orders, and one basis for everybody else, as the importer
 * stated it. Where the basis came first, a refusal outranks it.
 */
import type { CustomerId } from '../units/ids.ts';
import type { SettledLine } from './candidate-line.ts';

export interface CustomerConsent {
  readonly customer: CustomerId;
  readonly state: 'granted' | 'refused';
  /** `import:<id>` where a row says it, else `basis:<text>`. */
  readonly source: string;
  readonly atMs: number;
}

export interface ConsentBasis {
  readonly importId: string;
  /** Empty: nobody states one. */
  readonly basis: string;
  readonly nowMs: number;
}

/** `settled` are customers who said a word or were given the basis already; it is added to. */
export const gatherConsents = (
  lines: readonly SettledLine[],
  customers: readonly string[],
  { importId, basis, nowMs }: ConsentBasis,
  settled: Set<string>,
): readonly CustomerConsent[] => {
  const words = new Map<string, CustomerConsent>();
  lines.forEach(({ consent: state, atMs }, at) => {
    if (state === '') return;
    const customer = customers[at] as CustomerId;
    settled.add(customer);
    const known = words.get(customer + state);
    if (!known || known.atMs < atMs)
      words.set(customer + state, { customer, state, source: `import:${importId}`, atMs });
  });
  if (basis === '') return [...words.values()];
  for (const customer of new Set(customers as readonly CustomerId[])) {
    if (settled.has(customer)) continue;
    settled.add(customer);
    words.set(customer, { customer, state: 'granted', source: `basis:${basis}`, atMs: nowMs });
  }
  return [...words.values()];
};
