/**
 * What one customer did that tells of preferences, from the ledger: messages and whether they were answered, content
 * they watched or followed, the moments of their acts and orders. A message is answered by a click on a link of its
 * campaign, or by an order, within seven days.
 */
import { behaviours } from '#core/datasets/fact.ts';
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { type BusinessDay, dayFromMs, dayMs, hourFromMs, msFromDay, weekdayFromDay } from '../../units/business-day.ts';
import { engagements } from '../engagement.ts';
import type { ContentKind } from './preference-parameters.ts';

export interface PreferenceHistory {
  /** Whom this customer resembles, by name. */
  readonly segment: string;
  readonly channels: readonly { readonly channel: string; readonly isHit: boolean }[];
  readonly contents: readonly ContentKind[];
  /** Moments of own acts and orders: hours of the week, 0 is Monday from midnight. */
  readonly hours: readonly number[];
}

export const answerDays = 7;

const clipWatched = behaviours.indexOf('clip-watched');
const linkClicked = behaviours.indexOf('link-clicked');

export const readPreferences = (
  ledger: Ledger,
  dense: number,
  asOfDay: BusinessDay,
  segment: string,
  kindOfItem: (item: string) => ContentKind | null = () => null,
): PreferenceHistory => {
  const untilMs = msFromDay(asOfDay + 1);
  const orders = ordersOf(ledger, dense, untilMs);
  const hours = orders.map(hourOfWeek);
  const contents: ContentKind[] = [];
  const clicks: { readonly campaign: string; readonly atMs: number }[] = [];
  const { name, atMs, product, campaign } = ledger.behaviours;
  for (const row of ledger.behavioursOfCustomer(dense)) {
    const at = atMs[row] as number;
    const what = name[row] as number;
    if (at >= untilMs || engagements[what] !== 1) continue;
    hours.push(hourOfWeek(at));
    if (what === linkClicked) clicks.push({ campaign: ledger.campaigns[campaign[row] as number] ?? '', atMs: at });
    if (what !== linkClicked && what !== clipWatched) continue;
    const items = (product[row] as number) < 0 ? [] : ledger.product(product[row] as number).items;
    const kind = items.map(kindOfItem).find((found) => found !== null);
    if (kind) contents.push(kind);
  }
  const channels = ledger
    .decisionsOfCustomer(dense)
    .filter(
      ({ arm, state, channel, atMs: at }) => arm === 'act' && state === 'confirmed' && channel !== '' && at < untilMs,
    )
    .map(({ channel, campaign: of, atMs: from }) => {
      const isWithin = (at: number): boolean => at >= from && at < from + answerDays * dayMs;
      const isHit =
        orders.some(isWithin) || clicks.some((click) => of !== '' && click.campaign === of && isWithin(click.atMs));
      return { channel, isHit, isOver: isHit || from + answerDays * dayMs <= untilMs };
    })
    .filter(({ isOver }) => isOver)
    .map(({ channel, isHit }) => ({ channel, isHit }));
  return { segment, channels, contents, hours };
};

export const hourOfWeek = (ms: number): number => weekdayFromDay(dayFromMs(ms)) * 24 + hourFromMs(ms);

/** The moment of each order that counts. */
function ordersOf(ledger: Ledger, dense: number, untilMs: number): number[] {
  const { order, atMs, flags } = ledger.orderLines;
  const moments = new Map<number, number>();
  for (const row of ledger.linesOfCustomer(dense)) {
    const at = atMs[row] as number;
    const which = order[row] as number;
    if (at < untilMs && ((flags[row] as number) & notAPurchase) === 0 && !moments.has(which)) moments.set(which, at);
  }
  return [...moments.values()];
}
