/** The events behind each tag of one customer, and what they still weigh today: the three weightiest are shown. */
import { behaviours } from '#core/datasets/fact.ts';
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { decay } from '../../statistics/decay.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { eventKinds } from '../engagement.ts';
import { eventWeights } from './event-weight.ts';
import type { InterestParameters } from './interest-parameters.ts';
import { InterestTracker } from './interest-tracker.ts';
import type { TagIndex } from './tag-index.ts';

export interface InterestEvent {
  readonly kind: 'watch' | 'click' | 'add' | 'buy';
  /** Dense product. */
  readonly product: number;
  readonly day: BusinessDay;
  /** What is left of the weight today, to 0.01. */
  readonly weight: number;
}

export interface InterestExplanation {
  readonly tag: string;
  readonly isOn: boolean;
  /** A person's word; null when nobody said anything. */
  readonly mark: 'on' | 'off' | null;
  readonly score: number;
  readonly onAt: number;
  readonly offBelow: number;
  readonly events: readonly InterestEvent[];
}

/** Tags that are on, were marked, or hold any score; the highest score first, ties by name. */
export const explainInterests = (
  ledger: Ledger,
  dense: number,
  asOfDay: BusinessDay,
  tags: TagIndex,
  parameters: InterestParameters,
): readonly InterestExplanation[] => {
  const tracker = new InterestTracker(tags, parameters);
  tracker.walk(ledger, dense, asOfDay);
  const marks = ledger.tagMarks(dense);
  const events = collectEvents(ledger, dense, asOfDay, parameters);
  const found: InterestExplanation[] = [];
  tags.names.forEach((tag, at) => {
    const mark = marks.get(tag) ?? null;
    const score = Math.round((tracker.scores[at] as number) * 100) / 100;
    if (mark === null && score <= 0) return;
    const behind = events.filter((event) => tags.ofProduct[event.product]?.includes(at));
    const isOn = mark === null ? tracker.isOn(at) : mark === 'on';
    const { onAt, offBelow } = parameters;
    found.push({ tag, isOn, mark, score, onAt, offBelow, events: behind.slice(0, 3) });
  });
  return found.sort((a, b) => b.score - a.score || (a.tag < b.tag ? -1 : 1));
};

function collectEvents(
  ledger: Ledger,
  dense: number,
  asOfDay: BusinessDay,
  parameters: InterestParameters,
): InterestEvent[] {
  const events: InterestEvent[] = [];
  const keep = (kind: InterestEvent['kind'], product: number, day: BusinessDay, weight: number): void => {
    const left = Math.round(weight * decay(asOfDay - day, parameters.halfLifeDays) * 100) / 100;
    if (day <= asOfDay && product >= 0) events.push({ kind, product, day, weight: left });
  };
  const weights = eventWeights(parameters);
  for (const row of ledger.behavioursOfCustomer(dense)) {
    const name = ledger.behaviours.name[row] as number;
    const kind = eventKinds[behaviours[name] ?? 'viewer-left'];
    if (kind)
      keep(
        kind,
        ledger.behaviours.product[row] as number,
        dayFromMs(ledger.behaviours.atMs[row] as number),
        weights[name] as number,
      );
  }
  const { product, day, flags } = ledger.orderLines;
  for (const row of ledger.linesOfCustomer(dense))
    if (((flags[row] as number) & notAPurchase) === 0)
      keep('buy', product[row] as number, day[row] as number, parameters.weights.buy);
  return events.sort((a, b) => b.weight - a.weight || b.day - a.day || a.product - b.product);
}
