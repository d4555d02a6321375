/**
 * What a household's run-out is told from: the child the family spoke of, and the tins of formula they bought. Formula
 * is what the catalogue calls so and whose pack is in grams; tins of another size count as parts of the one bought
 * last. A month of birth stands for its fifteenth. Null when nothing was told and no formula was bought.
 */
import { isInfantFormula } from '#core/catalogue/is-infant-formula.ts';
import type { Product } from '#core/catalogue/product.ts';
import type { Child } from '#core/datasets/fact.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { type BusinessDay, dayFromCivil } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { Household } from './predict-run-out.ts';

export const readHousehold = (
  ledger: Ledger,
  dense: number,
  catalogue: readonly Product[],
  asOfDay: BusinessDay,
): Household | null => {
  const gramsById = new Map(catalogue.map((product) => [product.id as string, tinGramsOf(product)]));
  const { day, flags, product, quantityMilli } = ledger.orderLines;
  const bought = [...ledger.linesOfCustomer(dense)].flatMap((row) => {
    const grams = gramsById.get(ledger.product(product[row] as number).productId) ?? null;
    const isPurchase = ((flags[row] as number) & notInCycle) === 0 && (day[row] as number) <= asOfDay;
    return isPurchase && grams !== null
      ? [{ day: day[row] as number, grams: ((quantityMilli[row] as number) / 1000) * grams, tinGrams: grams }]
      : [];
  });
  const child = ledger.child(dense);
  if (child === null && bought.length === 0) return null;
  // A tin of unknown size leaves everything unknown.
  const tinGrams = bought.every((one) => one.tinGrams > 0) ? (bought.at(-1)?.tinGrams ?? 0) : 0;
  return {
    birthDay: child && birthDayOf(child),
    feeding: child?.feeding ?? 'formula',
    tinGrams,
    purchases: bought.map((one) => ({ day: one.day, tins: tinGrams > 0 ? one.grams / tinGrams : 1 })),
  };
};

const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** A month as `2026-03` between a birth that still matters and today. */
export const isBirthMonth = (text: string, asOfDay: BusinessDay): boolean => {
  const day = birthDayOf({ birthMonth: text });
  return day !== null && day - 14 <= asOfDay && asOfDay - day < mostAgeDays;
};

const mostAgeDays = 5 * 366;

function birthDayOf({ birthMonth }: Pick<Child, 'birthMonth'>): BusinessDay | null {
  const [, year, month] = monthPattern.exec(birthMonth) ?? [];
  return year === undefined || month === undefined ? null : dayFromCivil(Number(year), Number(month), 15);
}

/** 0 while the pack is unknown; null for what is no formula. */
function tinGramsOf(product: Product): number | null {
  if (!isInfantFormula(product)) return null;
  const { packMilli, packUnit } = product;
  if (packMilli === null || (packUnit !== 'g' && packUnit !== 'kg')) return 0;
  return (packMilli / 1000) * (packUnit === 'kg' ? 1000 : 1);
}
