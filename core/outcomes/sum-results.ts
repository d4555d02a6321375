/**
 * What a group's messages brought, beside its hold-out: of how many people with a closed window how many bought again
 * (reversals taken off), and how many windows are still open until when. Counts of people, money in fen.
 */
import type { FollowUpRule } from '../journeys/decision-id.ts';
import { type Label, outcomeOfLabel } from './derive-outcomes.ts';

export interface ArmResult {
  /** Everybody labelled, open windows too. */
  readonly people: number;
  readonly mature: number;
  /** Of the mature ones. */
  readonly repurchased: number;
  readonly reversed: number;
  readonly netFen: number;
  /** Bought already, window still open: not in the rate. */
  readonly earlyPurchases: number;
  /** Bought and fully refunded, window still open. */
  readonly earlyReversals: number;
}

export interface GroupResult {
  readonly rule: FollowUpRule;
  readonly act: ArmResult;
  readonly holdOut: ArmResult;
  /** When the last open window closes; null when all are closed. */
  readonly openUntilMs: number | null;
}

/** A person counts once a rule and arm: with the first label of theirs. */
export const sumResults = (labels: readonly Label[]): readonly GroupResult[] => {
  const rules = [...new Set(labels.map(({ decision }) => decision.rule))].sort();
  return rules.map((rule) => {
    const own = firstOfEach(labels.filter(({ decision }) => decision.rule === rule));
    const open = own.filter(({ isMature }) => !isMature);
    return {
      rule: rule as FollowUpRule,
      act: sumArm(own.filter(({ decision }) => decision.arm === 'act')),
      holdOut: sumArm(own.filter(({ decision }) => decision.arm === 'hold-out')),
      openUntilMs: open.length === 0 ? null : Math.max(...open.map(({ untilMs }) => untilMs)),
    };
  });
};

function firstOfEach(labels: readonly Label[]): readonly Label[] {
  const first = new Map<string, Label>();
  for (const label of labels) {
    const known = first.get(label.decision.customer);
    if (!known || label.fromMs < known.fromMs) first.set(label.decision.customer, label);
  }
  return [...first.values()];
}

function sumArm(labels: readonly Label[]): ArmResult {
  const mature = labels.filter(({ isMature }) => isMature);
  const open = labels.filter(({ isMature }) => !isMature);
  const kept = mature.filter((label) => outcomeOfLabel(label) === 'repurchased');
  const reversedOf = (some: readonly Label[]): number =>
    some.filter((label) => outcomeOfLabel(label) === 'reversed').length;
  return {
    people: labels.length,
    mature: mature.length,
    repurchased: kept.length,
    reversed: reversedOf(mature),
    netFen: kept.reduce((sum, { purchase }) => sum + (purchase?.netFen ?? 0), 0),
    earlyPurchases: open.filter((label) => outcomeOfLabel(label) === 'repurchased').length,
    earlyReversals: reversedOf(open),
  };
}
