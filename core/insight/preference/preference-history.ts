/**
 * What one customer did that tells of preferences, from the ledger: messages and whether they were answered, content
 * of a kind they opened, the moments of their acts and orders. A message is answered by opening content or following a
 * link of its campaign, or by an order, within seven days. A follow-up that carried content of a kind and was answered
 * tells of that kind as if it had been opened: a coupon is a promotion, a guide after the order is knowledge.
 */
import { type Decision, behaviours } from '#core/datasets/fact.ts';
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { type BusinessDay, dayFromMs, dayMs, hourFromMs, msFromDay, weekdayFromDay } from '../../units/business-day.ts';
import { engagements } from '../engagement.ts';
import { type ContentKind, contentKinds } from './preference-parameters.ts';

export interface PreferenceHistory {
  /** Whom this customer resembles, by name. */
  readonly segment: string;
  readonly channels: readonly { readonly channel: string; readonly isHit: boolean }[];
  readonly contents: readonly ContentKind[];
  /** Moments of own acts and orders: hours of the week, 0 is Monday from midnight. */
  readonly hours: readonly number[];
}

export const answerDays = 7;
/** As follow-ups name their decisions (`decisionId`, a later stage). */
const guideStep = '/ordered-guide/';

const linkClicked = behaviours.indexOf('link-clicked');
/** By index into `behaviours`. */
const contentOf: readonly (ContentKind | null)[] = behaviours.map(
  (name) => contentKinds.find((kind) => name === `${kind}-opened`) ?? null,
);

export const readPreferences = (
  ledger: Ledger,
  dense: number,
  asOfDay: BusinessDay,
  segment: string,
): PreferenceHistory => {
  const untilMs = msFromDay(asOfDay + 1);
  const orders = ordersOf(ledger, dense, untilMs);
  const hours = orders.map(hourOfWeek);
  const contents: ContentKind[] = [];
  const answers: { readonly campaign: string; readonly atMs: number }[] = [];
  const { name, atMs, campaign } = ledger.behaviours;
  for (const row of ledger.behavioursOfCustomer(dense)) {
    const at = atMs[row] as number;
    const what = name[row] as number;
    if (at >= untilMs || engagements[what] !== 1) continue;
    hours.push(hourOfWeek(at));
    const content = contentOf[what] ?? null;
    if (content !== null) contents.push(content);
    if (content !== null || what === linkClicked)
      answers.push({ campaign: ledger.campaigns[campaign[row] as number] ?? '', atMs: at });
  }
  const messages = ledger
    .decisionsOfCustomer(dense)
    .filter(
      ({ arm, state, channel, atMs: at }) => arm === 'act' && state === 'confirmed' && channel !== '' && at < untilMs,
    )
    .map((decision) => {
      const { channel, campaign: of, atMs: from } = decision;
      const isWithin = (at: number): boolean => at >= from && at < from + answerDays * dayMs;
      const isHit =
        orders.some(isWithin) || answers.some((one) => of !== '' && one.campaign === of && isWithin(one.atMs));
      return {
        channel,
        content: contentOfDecision(decision),
        isHit,
        isOver: isHit || from + answerDays * dayMs <= untilMs,
      };
    })
    .filter(({ isOver }) => isOver);
  for (const { content, isHit } of messages) if (isHit && content !== null) contents.push(content);
  const channels = messages.map(({ channel, isHit }) => ({ channel, isHit }));
  return { segment, channels, contents, hours };
};

function contentOfDecision({ decision, coupon }: Pick<Decision, 'decision' | 'coupon'>): ContentKind | null {
  if (coupon !== '') return 'promotion';
  return decision.includes(guideStep) ? 'knowledge' : null;
}

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
