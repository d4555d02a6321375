/**
 * Grams of infant formula powder a child is usually given a day, by completed month of age, when fed formula only. Up to
 * six months 150 ml a kilogram (NHS: 150 to 200 ml) of median weight (WHO Child Growth Standards 2006, both sexes);
 * then with solids falling toward the 500 ml of milk of the second year and 400 ml of the third (Chinese Dietary
 * Guidelines 2022); 13.5 g of powder in 100 ml prepared. Mixed feeding is half of it. What a household really uses
 * varies by a quarter around it, mixed feeding by nearly a half (standard deviations of ln).
 */
import type { Feeding } from '#core/datasets/fact.ts';

/** From birth to the 36th month. */
const gramsByMonth: readonly number[] = [
  70, 87, 109, 124, 128, 130, 122, 115, 108, 101, 95, 88, 74, 68, 68, 68, 68, 68, 68, 68, 68, 68, 68, 68, 54, 54, 54,
  54, 54, 54, 54, 54, 54, 54, 54, 54,
];

const monthDays = 30.4375;

export const feedingShare: Readonly<Record<Feeding, number>> = { formula: 1, mixed: 0.5 };
export const feedingDeviation: Readonly<Record<Feeding, number>> = { formula: 0.25, mixed: 0.45 };

/** 0 before birth and once formula is given up. */
export const dailyFormulaGrams = (ageDays: number, feeding: Feeding): number =>
  ageDays < 0 ? 0 : (gramsByMonth[Math.floor(ageDays / monthDays)] ?? 0) * feedingShare[feeding];
