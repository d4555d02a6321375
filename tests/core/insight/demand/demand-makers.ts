import type { DemandPanel } from '#core/insight/demand/demand-panel.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

export interface PanelPlan {
  readonly series: number;
  readonly weeks: number;
  readonly seed?: number;
  /** Effects on ln units that the made-up shop has. */
  readonly elasticity?: number;
  readonly dealEffect?: number;
  readonly shownEffect?: number;
  readonly noise?: number;
}

/** A made-up shop: levels of their own, every fifth week an offer at four fifths of the price, some weeks shown. */
export const aPanel = (plan: PanelPlan): DemandPanel & { readonly signals: NonNullable<DemandPanel['signals']> } => {
  const { series, weeks, elasticity = -2, dealEffect = 0.4, shownEffect = 0.5, noise = 0.2 } = plan;
  const random = seededRandom(plan.seed ?? 1);
  const size = series * weeks;
  const panel = {
    series,
    weeks,
    group: new Int32Array(series).fill(-1),
    units: new Float64Array(size),
    signals: {
      price: new Float64Array(size),
      deal: new Float64Array(size),
      feature: new Float64Array(size),
      due: null,
    },
  };
  for (let s = 0; s < series; s++) {
    const level = 3 + 2 * random();
    const usual = 5 + 20 * random();
    for (let week = 0; week < weeks; week++) {
      const at = s * weeks + week;
      const deal = random() < 0.2 ? 1 : 0;
      const feature = random() < 0.15 ? 1 : 0;
      const discount = deal === 1 ? 0.75 + 0.1 * random() : 0.97 + 0.06 * random();
      panel.signals.price[at] = usual * discount;
      panel.signals.deal[at] = deal;
      panel.signals.feature[at] = feature;
      const scatter = noise * (random() + random() + random() - 1.5) * 2;
      const log = level + elasticity * Math.log(discount) + dealEffect * deal + shownEffect * feature + scatter;
      panel.units[at] = Math.round(Math.exp(log));
    }
  }
  return panel;
};

export const withoutSignals = (panel: DemandPanel): DemandPanel => ({ ...panel, signals: null });
