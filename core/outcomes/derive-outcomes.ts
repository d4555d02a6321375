/**
 * Labels of decisions: the first paid order within seven days of the confirmation, its amount less refunds, and
 * whether it was reversed. Money in fen, times in ms. Versions follow from content, so deriving again changes nothing.
 * A coupon's use is not derived: shops' exports do not say it.
 */
import type { Decision, Outcome } from '../datasets/fact.ts';
import { type Ledger, lineFlag, notAPurchase } from '../datasets/ledger-columns.ts';

export const labelMs = 7 * 86_400_000;

/** Lines whose refund is whole carry `refunded`; they were bought all the same, and then reversed. */
const neverBought = (notAPurchase & ~lineFlag.refunded) | lineFlag.gift;

export interface Label {
  readonly decision: Decision;
  /** When the label window opened; ms. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly isMature: boolean;
  /** Null while nothing was bought in the window. */
  readonly purchase: {
    readonly atMs: number;
    readonly order: number;
    readonly netFen: number;
    readonly isReversed: boolean;
  } | null;
}

/** The labels of one customer's decisions, newest first. */
export const labelsOfCustomer = (ledger: Ledger, customer: number, nowMs: number): readonly Label[] => {
  const decisions = ledger
    .decisionsOfCustomer(customer)
    .filter(isLabelled)
    .sort((a, b) => b.atMs - a.atMs || (a.decision < b.decision ? -1 : 1));
  const lines = Array.from(ledger.linesOfCustomer(customer));
  const takenByRule = new Map<string, Set<number>>();
  return decisions.map((decision) => {
    let taken = takenByRule.get(decision.rule);
    if (!taken) takenByRule.set(decision.rule, (taken = new Set()));
    const fromMs = decision.atMs;
    const purchase = purchaseAfter(ledger, lines, fromMs, Math.min(fromMs + labelMs, nowMs), taken);
    if (purchase) taken.add(purchase.order);
    return { decision, fromMs, untilMs: fromMs + labelMs, isMature: nowMs >= fromMs + labelMs, purchase };
  });
};

/** The outcome facts these labels stand for; the order is named by its key, `orderName`. */
export const outcomesOfLabels = (labels: readonly Label[], orderName: (order: number) => string): readonly Outcome[] =>
  labels.flatMap(({ decision, purchase }) => {
    if (!purchase) return [];
    const base = {
      kind: 'outcome',
      decision: decision.decision,
      customer: decision.customer,
      atMs: purchase.atMs,
      order: orderName(purchase.order),
    } as const;
    const bought: Outcome = {
      ...base,
      outcome: 'repurchased',
      netFen: purchase.netFen,
      version: versionOf(purchase.netFen, purchase.isReversed),
    };
    return purchase.isReversed ? [bought, { ...base, outcome: 'reversed', netFen: 0, version: 1 }] : [bought];
  });

/** What a label comes to, one thing at most; read from the facts as they stand, so it is what people are shown. */
export const outcomeOfLabel = ({ purchase }: Label): 'repurchased' | 'reversed' | null =>
  purchase === null ? null : purchase.isReversed ? 'reversed' : 'repurchased';

/**
 * What brings the recorded outcomes of a customer to `derived`: those not held yet in this very form, and those the
 * facts no longer bear, taken back: without an order, and without money. A coupon's use is not ours to take back.
 */
export const newOutcomes = (known: readonly Outcome[], derived: readonly Outcome[]): readonly Outcome[] => {
  const have = new Map(known.map((outcome) => [keyOf(outcome), outcome]));
  const borne = new Set(derived.map(keyOf));
  const gone = known.filter((outcome) => outcome.outcome !== 'coupon-used' && !borne.has(keyOf(outcome)));
  return [...derived, ...gone.map((outcome) => ({ ...outcome, order: '', netFen: 0 }))].flatMap((outcome) => {
    const before = have.get(keyOf(outcome));
    if (!before) return [outcome];
    const isSame = before.atMs === outcome.atMs && before.order === outcome.order && before.netFen === outcome.netFen;
    return isSame ? [] : [{ ...outcome, version: Math.max(outcome.version, before.version + 1) }];
  });
};

const keyOf = ({ decision, outcome }: Outcome): string => `${decision}\n${outcome}`;

export const isLabelled = (decision: Decision): boolean =>
  decision.rule.startsWith('follow-up/') && (decision.arm === 'hold-out' || decision.state === 'confirmed');

function purchaseAfter(
  ledger: Ledger,
  lines: readonly number[],
  fromMs: number,
  untilMs: number,
  taken: ReadonlySet<number>,
): Label['purchase'] {
  const { atMs, flags, order, paidFen, refundFen } = ledger.orderLines;
  const first = lines.find((row) => {
    const at = atMs[row] ?? 0;
    return at > fromMs && at <= untilMs && ((flags[row] ?? 0) & neverBought) === 0 && !taken.has(order[row] ?? -1);
  });
  if (first === undefined) return null;
  const which = order[first] ?? -1;
  let paid = 0;
  let back = 0;
  for (const row of lines) {
    if (order[row] !== which || ((flags[row] ?? 0) & neverBought) !== 0) continue;
    paid += paidFen[row] ?? 0;
    back += refundFen[row] ?? 0;
    if (((flags[row] ?? 0) & lineFlag.refunded) !== 0) back += (paidFen[row] ?? 0) - (refundFen[row] ?? 0);
  }
  return {
    atMs: atMs[first] ?? 0,
    order: which,
    netFen: Math.max(0, paid - back),
    isReversed: paid > 0 && back >= paid,
  };
}

function versionOf(netFen: number, isReversed: boolean): number {
  return isReversed || netFen === 0 ? 2 : 1;
}
