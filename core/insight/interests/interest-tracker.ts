/**
 * Interest tags of one customer from what they watched, clicked, added and bought. A tag's score is the sum of event
 * weights, each halved every `halfLifeDays`; the tag turns on at `onAt` and off below `offBelow`. The history is
 * walked through in order of time, so the answer depends on the facts and the day alone, not on when it was asked.
 * A person's mark wins over the score either way.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { decay } from '../../statistics/decay.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import type { InterestParameters } from './interest-parameters.ts';
import { readOwnLines } from '../own-lines.ts';
import { eventWeights } from './event-weight.ts';
import type { TagIndex } from './tag-index.ts';

export class InterestTracker {
  readonly scores: Float64Array;
  readonly #isOn: Uint8Array;
  readonly #scoreDay: Int32Array;
  readonly #touched: Int32Array;
  #touchedCount = 0;
  readonly #tags: TagIndex;
  readonly #parameters: InterestParameters;
  readonly #weights: Float64Array;

  constructor(tags: TagIndex, parameters: InterestParameters) {
    this.#tags = tags;
    this.#parameters = parameters;
    this.#weights = eventWeights(parameters);
    this.scores = new Float64Array(tags.names.length);
    this.#isOn = new Uint8Array(tags.names.length);
    this.#scoreDay = new Int32Array(tags.names.length);
    this.#touched = new Int32Array(tags.names.length);
  }

  /** Writes the customer's bits, marks applied. */
  writeBits(ledger: Ledger, dense: number, asOfDay: BusinessDay, bits: Uint32Array): void {
    const words = this.#tags.words;
    const start = dense * words;
    bits.fill(0, start, start + words);
    this.walk(ledger, dense, asOfDay);
    for (let i = 0; i < this.#touchedCount; i++) {
      const tag = this.#touched[i] as number;
      if (this.#isOn[tag] === 1) setBit(bits, start, tag, true);
    }
    for (const [name, state] of ledger.tagMarks(dense)) {
      const tag = this.#tags.at.get(name);
      if (tag !== undefined) setBit(bits, start, tag, state === 'on');
    }
  }

  /** Scores as of the day, into `scores`; whether the machine alone would say yes is `isOn`. */
  walk(ledger: Ledger, dense: number, asOfDay: BusinessDay): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      const tag = this.#touched[i] as number;
      this.scores[tag] = this.#isOn[tag] = 0;
      this.#scoreDay[tag] = 0;
    }
    this.#touchedCount = 0;
    if (this.#tags.names.length === 0) return;
    this.#walkEvents(ledger, dense, asOfDay);
    for (let i = 0; i < this.#touchedCount; i++) this.#bringTo(this.#touched[i] as number, asOfDay);
  }

  isOn(tag: number): boolean {
    return this.#isOn[tag] === 1;
  }

  #walkEvents(ledger: Ledger, dense: number, asOfDay: BusinessDay): void {
    const { behaviours } = ledger;
    const lines = readOwnLines(ledger, dense);
    const events = ledger.behavioursOfCustomer(dense);
    let line = 0;
    let event = 0;
    while (line < lines.size || event < events.length) {
      const eventRow = events[event] ?? -1;
      const lineDay = line < lines.size ? (lines.day[line] as number) : Infinity;
      const eventDay = eventRow === -1 ? Infinity : dayFromMs(behaviours.atMs[eventRow] as number);
      if (Math.min(lineDay, eventDay) > asOfDay) return;
      if (eventDay <= lineDay) {
        event++;
        const product = behaviours.product[eventRow] as number;
        const weight = this.#weights[behaviours.name[eventRow] as number] as number;
        if (product >= 0 && weight > 0) this.#add(product, eventDay, weight);
      } else {
        if (((lines.flags[line] as number) & notAPurchase) === 0)
          this.#add(lines.product[line] as number, lineDay, this.#parameters.weights.buy);
        line++;
      }
    }
  }

  #add(product: number, day: BusinessDay, weight: number): void {
    const tags = this.#tags.ofProduct[product];
    if (!tags) return;
    for (let i = 0; i < tags.length; i++) {
      const tag = tags[i] as number;
      if (this.#scoreDay[tag] === 0) {
        this.#touched[this.#touchedCount++] = tag;
        this.#scoreDay[tag] = day;
      }
      this.#bringTo(tag, day);
      // A millionth is far below any threshold, and keeps sums equal whichever of a day's events came first.
      const score = Math.round(((this.scores[tag] as number) + weight) * 1e6) / 1e6;
      this.scores[tag] = score;
      if (score >= this.#parameters.onAt) this.#isOn[tag] = 1;
    }
  }

  #bringTo(tag: number, day: BusinessDay): void {
    const age = day - (this.#scoreDay[tag] as number);
    if (age > 0) {
      this.scores[tag] = (this.scores[tag] as number) * decay(age, this.#parameters.halfLifeDays);
      this.#scoreDay[tag] = day;
    }
    if ((this.scores[tag] as number) < this.#parameters.offBelow) this.#isOn[tag] = 0;
  }
}

function setBit(bits: Uint32Array, start: number, tag: number, isOn: boolean): void {
  const word = start + (tag >> 5);
  const mask = 1 << (tag & 31);
  bits[word] = isOn ? (bits[word] as number) | mask : (bits[word] as number) & ~mask;
}
