/**
 * The households of the demo brand: who they are, what they keep buying and how often. This is the planted truth that
 * beliefs are tested against. Days are business days; cycles are the household's own median days between purchases.
 */
import type { CustomerId } from '../units/ids.ts';
import type { Dice } from './create-dice.ts';
import type { DemoProduct, Persona } from './demo-product.ts';

export interface Habit {
  /** Index into the assortment. */
  readonly product: number;
  /** Own cycle, one decimal. */
  readonly cycleDays: number;
  readonly startDay: number;
  /** The day from which it is no longer bought; Infinity while it goes on. */
  readonly endDay: number;
}

export interface Household {
  readonly id: CustomerId;
  readonly persona: Persona;
  readonly joinDay: number;
  /** How likely a broadcast evening draws them, 0 to 1. */
  readonly watching: number;
  readonly habits: readonly Habit[];
  /** Bought once to try and never made a habit of it. */
  readonly isTrier: boolean;
  /** Where they usually order outside broadcasts. */
  readonly channel: string;
}

const personas: readonly Persona[] = ['family', 'baker', 'fitness', 'infant', 'snacker'];
const personaWeights = [0.4, 0.18, 0.18, 0.12, 0.12];
const channels = ['mini-program', 'community', 'wecom', 'pos'];
const channelWeights = [0.55, 0.22, 0.17, 0.06];
const neverEnds = Number.POSITIVE_INFINITY;

export const createHouseholds = (
  products: readonly DemoProduct[],
  count: number,
  firstDay: number,
  asOfDay: number,
  dice: Dice,
): Household[] => {
  const households: Household[] = [];
  for (let at = 0; at < count; at++) {
    const persona = personas[dice.weighted(personaWeights)] ?? 'family';
    // More people join lately than a year ago: the brand grows.
    const joinDay = Math.min(asOfDay - 1, firstDay + Math.floor((asOfDay - firstDay) * dice.uniform() ** 0.55));
    const isTrier = dice.chance(0.2);
    households.push({
      id: (dice.hex8() + dice.hex8()) as CustomerId,
      persona,
      joinDay,
      watching: dice.uniform() ** 2.2,
      habits: createHabits(products, persona, joinDay, isTrier, dice),
      isTrier,
      channel: channels[dice.weighted(channelWeights)] ?? 'mini-program',
    });
  }
  return households;
};

function createHabits(
  products: readonly DemoProduct[],
  persona: Persona,
  joinDay: number,
  isTrier: boolean,
  dice: Dice,
): Habit[] {
  const appeal = products.map((product) => product.appeal[persona] ?? 0);
  const wanted = isTrier ? 1 : 1 + dice.weighted([0.34, 0.36, 0.2, 0.1]);
  const speed = dice.logNormal(1.6, 0.22);
  const habits: Habit[] = [];
  const leavesAt = isTrier
    ? joinDay + 1
    : dice.chance(0.18)
      ? neverEnds
      : joinDay + Math.round(dice.logNormal(55, 0.9));
  for (let nth = 0; nth < wanted; nth++) {
    const product = dice.weighted(appeal);
    appeal[product] = 0;
    const found = products[product];
    if (!found) continue;
    const cycleDays = Math.max(4, Math.round(found.cycleDays * speed * dice.logNormal(1, 0.18) * 10) / 10);
    const startDay = joinDay + (nth === 0 ? 0 : dice.whole(0, 30));
    habits.push(...stagesOf(products, product, { product, cycleDays, startDay, endDay: leavesAt }, dice));
  }
  return habits;
}

/** Formula follows the child: the second stage gives way to the third at twelve months. */
function stagesOf(products: readonly DemoProduct[], product: number, habit: Habit, dice: Dice): Habit[] {
  if (products[product]?.id !== 'formula-stage-2') return [habit];
  const growsDay = habit.startDay + dice.whole(40, 180);
  const next = products.findIndex((candidate) => candidate.id === 'formula-stage-3');
  if (next < 0 || growsDay >= habit.endDay) return [habit];
  return [
    { ...habit, endDay: growsDay },
    { product: next, cycleDays: Math.round(habit.cycleDays * 16) / 10, startDay: growsDay, endDay: habit.endDay },
  ];
}
