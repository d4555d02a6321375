/**
 * A broadcast as a platform would report it: CloudEvents, second by second, from a seed. Exposures are Poisson, clicks
 * binomial at each product's own rate; the product being shown is seen and clicked half as much again; viewers stay
 * three minutes on average; known customers come in now and then; people ask about what is shown. At a random moment
 * one product that is still to come surges (three times its usual rate for five minutes). Pure: the caller owns time.
 */
import { civilFromDay, dayMs } from '../units/business-day.ts';
import { type Dice, createDice } from './create-dice.ts';
import { chatter, nicknames, productQuestions } from './comments.data.ts';

export interface SimulatedProduct {
  readonly id: string;
  readonly name: string;
  readonly minutes: number;
}

export interface SimulationOptions {
  readonly seed: string;
  readonly broadcast: string;
  readonly startMs: number;
  readonly minutes: number;
  readonly products: readonly SimulatedProduct[];
  /** Keys of known customers, as the platform knows them. */
  readonly viewers: readonly string[];
  /** Nothing surges before this minute, and nothing after four minutes to the end; null: a quiet broadcast. */
  readonly surgeAfterMinutes: number | null;
  /** Exposures of each product a second. */
  readonly exposures?: number;
}

export interface PlannedSurge {
  readonly product: string;
  readonly atSecond: number;
  readonly factor: number;
  readonly seconds: number;
}

export interface Simulation {
  readonly surge: PlannedSurge | null;
  readonly seconds: number;
  /** The events of the next second, as CloudEvents. */
  nextSecond(): readonly object[];
}

const source = 'simulator';
const staySeconds = 180;
const usualViewers = 520;

export const simulateBroadcast = (options: SimulationOptions): Simulation => {
  const dice = createDice(options.seed);
  const rates = options.products.map(() => 0.035 + dice.uniform() * 0.035);
  const surge = planSurge(options, dice);
  let second = 0;
  let viewers = usualViewers;
  let pinned = -1;
  return {
    surge,
    seconds: options.minutes * 60,
    nextSecond: () => {
      const writer = new EventWriter(options, second, dice);
      if (second === 0) writer.add('Broadcast Started', {});
      const shown = shownAt(options.products, second);
      if (shown !== pinned) writer.add('Product Pinned', { product_id: options.products[shown]?.id ?? '' });
      pinned = shown;
      options.products.forEach((product, index) =>
        addProduct(writer, product, index === shown, rates[index] ?? 0.05, second, surge, options.exposures ?? 6),
      );
      viewers = addViewers(writer, options, viewers, second);
      addComments(writer, options.products[shown]);
      second++;
      return writer.events;
    },
  };
};

/** The product on show, by the plan's minutes; the last stays. */
const shownAt = (products: readonly SimulatedProduct[], second: number): number => {
  let until = 0;
  const found = products.findIndex((product) => (until += product.minutes * 60) > second);
  return found < 0 ? products.length - 1 : found;
};

function planSurge(options: SimulationOptions, dice: Dice): PlannedSurge | null {
  if (options.surgeAfterMinutes === null) return null;
  const from = options.surgeAfterMinutes * 60;
  const atSecond = from + Math.floor(dice.uniform() * Math.max(1, (options.minutes - 4) * 60 - from));
  const shown = shownAt(options.products, atSecond + 300);
  // Not what is on, nor what comes next anyway.
  const coming = options.products.slice(shown + 2);
  const product = coming[Math.floor(dice.uniform() * coming.length)];
  return product ? { product: product.id, atSecond, factor: 3, seconds: 300 } : null;
}

function addProduct(
  writer: EventWriter,
  product: SimulatedProduct,
  isShown: boolean,
  rate: number,
  second: number,
  surge: PlannedSurge | null,
  exposures: number,
): void {
  const isSurging =
    surge?.product === product.id && second >= surge.atSecond && second < surge.atSecond + surge.seconds;
  const views = writer.poisson(exposures * (isShown ? 1.5 : 1));
  const clicks = writer.binomial(
    views,
    Math.min(0.6, rate * (isShown ? 1.5 : 1) * (isSurging ? (surge?.factor ?? 1) : 1)),
  );
  const adds = writer.binomial(clicks, 0.3);
  const orders = writer.binomial(adds, 0.35);
  const data = (count: number): object => ({ product_id: product.id, count });
  if (views > 0) writer.add('Product Viewed', data(views));
  if (clicks > 0) writer.add('Product Clicked', data(clicks));
  if (adds > 0) writer.add('Product Added', data(adds));
  if (orders > 0) writer.add('Order Completed', { ...data(orders), total_fen: orders * 5900 });
}

function addViewers(writer: EventWriter, options: SimulationOptions, viewers: number, second: number): number {
  const left = Math.min(viewers, writer.poisson(viewers / staySeconds));
  const joined = writer.poisson(usualViewers / staySeconds);
  if (joined > 0) writer.add('Viewer Joined', { count: joined });
  if (left > 0) writer.add('Viewer Left', { count: left });
  if (second % 30 === 0) writer.add('Audience Sampled', { viewers: viewers + joined - left });
  if (options.viewers.length > 0 && writer.random() < 1 / 25) {
    const key = options.viewers[Math.floor(writer.random() * options.viewers.length)] ?? '';
    writer.add('Viewer Joined', { viewer_id: key, viewer_key: 'openid', nickname: writer.pick(nicknames) });
  }
  return viewers + joined - left;
}

function addComments(writer: EventWriter, shown: SimulatedProduct | undefined): void {
  for (let count = writer.poisson(0.35); count > 0; count--) {
    const isQuestion = shown !== undefined && writer.random() < 0.6;
    const text = isQuestion ? writer.pick(productQuestions).replace('#', shown.name) : writer.pick(chatter);
    writer.add('Comment Posted', { text, nickname: writer.pick(nicknames) });
  }
}

class EventWriter {
  readonly events: object[] = [];
  readonly #options: SimulationOptions;
  readonly #second: number;
  readonly #dice: Dice;

  constructor(options: SimulationOptions, second: number, dice: Dice) {
    this.#options = options;
    this.#second = second;
    this.#dice = dice;
  }

  random(): number {
    return this.#dice.uniform();
  }

  pick(words: readonly string[]): string {
    return words[Math.floor(this.random() * words.length)] ?? '';
  }

  add(type: string, data: object): void {
    this.events.push({
      specversion: '1.0',
      source,
      id: `${this.#options.seed}-${this.#second}-${this.events.length}`,
      type,
      subject: this.#options.broadcast,
      time: instantText(this.#options.startMs + this.#second * 1000 + Math.floor(this.random() * 999)),
      data,
    });
  }

  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.random(); product > limit; product *= this.random()) count++;
    return count;
  }

  binomial(trials: number, probability: number): number {
    let successes = 0;
    for (let trial = 0; trial < trials; trial++) if (this.random() < probability) successes++;
    return successes;
  }
}

/** RFC 3339 in UTC. */
function instantText(ms: number): string {
  const day = Math.floor(ms / dayMs);
  const { year, month, date } = civilFromDay(day);
  const rest = ms - day * dayMs;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map(two).join(':');
  return `${year}-${two(month)}-${two(date)}T${time}.${String(Math.floor(rest % 1000)).padStart(3, '0')}Z`;
}
