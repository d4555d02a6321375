/**
 * How often the next purchase fell into its window. Everything is learnt from facts up to 90 days before the end; each
 * purchase of the last 90 days that closes a gap is held against the window as it stood when that gap began. Also the
 * probabilities as published on the day the 90 days began, as Brier scores beside a constant's.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { customerEffect, readPair } from '#core/insight/repurchase/derive-pairs.ts';
import { chanceAt } from '#core/insight/repurchase/pair-columns.ts';
import { PairHistory } from '#core/insight/repurchase/pair-history.ts';
import { createGapHistory, createGapLaw, gapQuantile, predictGap } from '#core/insight/repurchase/predict-gap.ts';
import { createProductPriors } from '#core/insight/repurchase/product-priors.ts';
import { notInCycle } from '#core/insight/purchase-line.ts';

export const measureCoverage = (ledger: Ledger, days = 90) => {
  let end = 0;
  for (let row = 0; row < ledger.orderLines.count; row++) end = Math.max(end, ledger.orderLines.day[row] ?? 0);
  const asOf = end - days;
  const started = performance.now();
  const parameters = fitParameters(ledger, asOf);
  const fitMs = performance.now() - started;
  const { repurchase } = parameters;
  const priors = createProductPriors(ledger, repurchase);
  const history = new PairHistory(ledger.productCount);
  const law = createGapLaw();
  const known = createGapHistory();
  const byEvidence = { prior: [0, 0], blend: [0, 0], own: [0, 0] };
  const { product, day, flags, quantityMilli, paidFen } = ledger.orderLines;
  for (let c = 0; c < ledger.customerCount; c++) {
    history.clear();
    for (const row of ledger.linesOfCustomer(c)) {
      const at = day[row] ?? 0;
      if (((flags[row] ?? 0) & notInCycle) !== 0) continue;
      const slot = history.slotOf(product[row] ?? 0);
      const gap = slot === -1 ? 0 : at - (history.slots.lastDay[slot] ?? 0);
      if (slot !== -1 && gap > 0 && at > asOf) {
        const purchases = history.slots.purchases[slot] ?? 0;
        const customer = customerEffect(history, priors, repurchase).effect;
        predictGap(readPair(history, slot, priors, customer, repurchase, known), repurchase, law);
        const tally = byEvidence[purchases >= 3 ? 'own' : purchases === 2 ? 'blend' : 'prior'];
        tally[1] = (tally[1] ?? 0) + 1;
        if (gap >= gapQuantile(law, 0.1) && gap <= gapQuantile(law, 0.9)) tally[0] = (tally[0] ?? 0) + 1;
      }
      const which = product[row] ?? 0;
      history.add(which, at, priors.factors?.[which], quantityMilli[row], paidFen[row]);
    }
  }
  const share = ([hit = 0, all = 0]: number[]): number => Math.round((hit / all) * 1000) / 1000;
  const all = Object.values(byEvidence).reduce<number[]>(
    ([h = 0, n = 0], [hit = 0, count = 0]) => [h + hit, n + count],
    [0, 0],
  );
  return {
    coverage: share(all),
    gaps: all[1] ?? 0,
    own: share(byEvidence.own),
    blend: share(byEvidence.blend),
    prior: share(byEvidence.prior),
    fitMs: Math.round(fitMs),
    scores: scoreProbabilities(ledger, parameters, asOf),
    churn: scoreChurn(ledger, parameters, asOf),
  };
};

function scoreProbabilities(ledger: Ledger, parameters: ReturnType<typeof fitParameters>, asOf: number) {
  const beliefs = deriveBeliefs(ledger, parameters, asOf);
  const next = new Map<number, number>();
  const { customer, product, day, flags, count } = ledger.orderLines;
  for (let row = 0; row < count; row++) {
    const at = day[row] ?? 0;
    if (at <= asOf || ((flags[row] ?? 0) & notInCycle) !== 0) continue;
    const key = (customer[row] ?? 0) * ledger.productCount + (product[row] ?? 0);
    next.set(key, Math.min(next.get(key) ?? Infinity, at - asOf));
  }
  const answer: Record<string, { pairs: number; brier: number; constant: number; mean: number; rate: number }> = {};
  for (const [horizon, column] of [
    [7, beliefs.pairWithin7],
    [14, beliefs.pairWithin14],
    [30, beliefs.pairWithin30],
  ] as const) {
    let n = 0;
    let happened = 0;
    let square = 0;
    let forecast = 0;
    for (let c = 0; c < beliefs.customerCount; c++)
      for (let p = beliefs.pairStart[c] ?? 0; p < (beliefs.pairEnd[c] ?? 0); p++) {
        if ((beliefs.pairPurchases[p] ?? 0) < 3 || asOf - (beliefs.pairLastDay[p] ?? 0) > 180) continue;
        const hit = (next.get(c * ledger.productCount + (beliefs.pairProduct[p] ?? 0)) ?? Infinity) <= horizon ? 1 : 0;
        n++;
        happened += hit;
        forecast += chanceAt(column, p);
        square += (chanceAt(column, p) - hit) ** 2;
      }
    const rate = happened / n;
    answer[`within${horizon}`] = {
      pairs: n,
      brier: round(square / n),
      constant: round(rate * (1 - rate)),
      mean: round(forecast / n),
      rate: round(rate),
    };
  }
  return answer;
}

function scoreChurn(ledger: Ledger, parameters: ReturnType<typeof fitParameters>, asOf: number) {
  const beliefs = deriveBeliefs(ledger, parameters, asOf);
  const came = new Uint8Array(ledger.customerCount);
  const { customer, day, flags, count } = ledger.orderLines;
  for (let row = 0; row < count; row++) {
    const at = day[row] ?? 0;
    if (at > asOf && at <= asOf + 60 && ((flags[row] ?? 0) & notInCycle) === 0) came[customer[row] ?? 0] = 1;
  }
  const scored: { p: number; left: number }[] = [];
  for (let c = 0; c < beliefs.customerCount; c++)
    if ((beliefs.orders[c] ?? 0) > 0 && asOf - (beliefs.lastDay[c] ?? 0) <= 180)
      scored.push({ p: beliefs.churn60[c] ?? 0, left: 1 - (came[c] ?? 0) });
  const rate = scored.reduce((sum, { left }) => sum + left, 0) / scored.length;
  const brier = scored.reduce((sum, { p, left }) => sum + (p - left) ** 2, 0) / scored.length;
  scored.sort((a, b) => a.p - b.p);
  let ranks = 0;
  let lost = 0;
  scored.forEach(({ left }, at) => {
    if (left) {
      ranks += at + 1;
      lost++;
    }
  });
  const auc = (ranks - (lost * (lost + 1)) / 2) / (lost * (scored.length - lost));
  return { customers: scored.length, brier: round(brier), constant: round(rate * (1 - rate)), auc: round(auc) };
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
