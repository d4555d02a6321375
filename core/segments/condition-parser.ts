/** Reads one condition. What it could not read stays in `failure`: the first one, which is where the person is. */
import {
  type Spelling,
  boughtWords,
  categoryWords,
  isNotWords,
  isWords,
  joinWords,
  listFields,
  notBoughtWords,
  numberFieldWords,
  offered,
  ofWord,
  orderWords,
  standsInWords,
  units,
  windowPrefixes,
  windowSuffixes,
  withinPrefixes,
  yuanWords,
} from './keywords.data.ts';
import { nearestWords } from './nearest-words.ts';
import type { RuleScanner } from './rule-scanner.ts';
import { takeComparison } from './take-comparison.ts';
import { takeDays } from './take-days.ts';
import {
  type Condition,
  type Expression,
  type NumberField,
  type RuleErrorKind,
  type Target,
  numberFields,
} from './rule.ts';
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { IndexedVocabulary } from './vocabulary.ts';
import { WordOffers } from './word-offers.ts';

export interface RuleFailure {
  readonly kind: RuleErrorKind;
  readonly column: number;
  readonly length: number;
  readonly near: string;
  readonly suggestions: readonly string[];
}

type ListKind = keyof typeof listFields;
type NameKind = ListKind | 'category';
const listKinds = Object.keys(listFields) as ListKind[];
const unknownKind: Readonly<Record<NameKind, RuleErrorKind>> = {
  tag: 'unknown-tag',
  rfm: 'unknown-rfm',
  stage: 'unknown-stage',
  channel: 'unknown-channel',
  consent: 'unknown-channel',
  category: 'unknown-category',
};

export class ConditionParser {
  failure: RuleFailure | null = null;
  readonly #scanner: RuleScanner;
  readonly #known: IndexedVocabulary;
  readonly #offers: WordOffers;

  constructor(scanner: RuleScanner, known: IndexedVocabulary, rule: string) {
    this.#scanner = scanner;
    this.#known = known;
    this.#offers = new WordOffers(known, scanner.typed, rule);
  }

  fail(kind: RuleErrorKind, start: number, near: string, suggestions: readonly string[] = []): RuleFailure {
    this.failure ??= {
      kind,
      column: start + 1,
      length: Math.max(1, near.length),
      near,
      suggestions: [...new Set(suggestions)],
    };
    return this.failure;
  }

  /** `not bought` begins with the word not, and means the purchase. */
  isNegatedPurchaseHere(): boolean {
    return this.#scanner.peek(notBoughtWords);
  }

  parseCondition(): Expression | null {
    const scanner = this.#scanner;
    scanner.skipSpace();
    const start = scanner.at;
    if (scanner.isAtEnd()) return this.#refuse('missing-condition', start, '');
    const found =
      this.#parseStanding(start) ?? this.#parsePurchase(start) ?? this.#parseField(start) ?? this.#parseWindow(start);
    if (found || this.failure) return found;
    const here = scanner.wordHere();
    return this.#refuse('unknown-word', here.start, here.text, this.#offers.beginnings(here.text));
  }

  #parsePurchase(start: number): Expression | null {
    const scanner = this.#scanner;
    let days = takeDays(scanner);
    const isNot = scanner.take(notBoughtWords);
    if (!isNot && !scanner.take(boughtWords)) {
      if (days !== null) return this.#refuseOffering('missing-condition', offered.afterDays);
      scanner.at = start;
      return null;
    }
    scanner.take({ zh: [], en: [ofWord] });
    const target = this.#takeTarget();
    if (this.failure) return null;
    days ??= takeDays(scanner);
    if (target === null && days === null && !this.#isConditionEnd()) {
      const before = scanner.at;
      const isSpan = scanner.take(withinPrefixes);
      const here = scanner.wordHere();
      if (isSpan || /^[-−\d]/.test(here.text)) return this.#refuse('unusable-days', here.start, here.text);
      scanner.at = before;
      return this.#refuse('unknown-product', here.start, here.text, this.#offers.products(here.text));
    }
    const is = this.#is({ kind: 'bought', target, days }, start);
    return isNot ? { kind: 'not', part: is } : is;
  }

  #parseField(start: number): Expression | null {
    const scanner = this.#scanner;
    for (const field of numberFields)
      if (scanner.take(numberFieldWords[field])) {
        return this.#parseNumber(field, start);
      }
    for (const kind of listKinds) if (scanner.take(listFields[kind])) return this.#parseList(kind, start);
    return this.#parseCategory(start);
  }

  /** `category = dairy`: bought something of it; `category: dairy is due` stays the window it is elsewhere. */
  #parseCategory(start: number): Expression | null {
    const scanner = this.#scanner;
    if (!scanner.take(categoryWords)) return null;
    const isNot = scanner.take(isNotWords);
    if (!isNot && !scanner.take(isWords)) {
      scanner.at = start;
      return null;
    }
    const targets = this.#takeNames('category')?.map((name) => ({ kind: 'category', name }) as const);
    if (!targets) return null;
    const [only] = targets;
    if (only && targets.length === 1 && !isNot && scanner.take(windowSuffixes))
      return this.#is({ kind: 'window', target: only }, start);
    const parts = targets.map((target) => this.#is({ kind: 'bought', target, days: null }, start));
    const is: Expression = parts.length === 1 && parts[0] ? parts[0] : { kind: 'any', parts };
    return isNot ? { kind: 'not', part: is } : is;
  }

  #parseList(kind: ListKind, start: number): Expression | null {
    const scanner = this.#scanner;
    const isNot = scanner.take(isNotWords);
    if (!isNot && !scanner.take(isWords) && kind !== 'consent') {
      return this.#refuseOffering('missing-operator', offered.afterField);
    }
    const names = this.#takeNames(kind);
    if (names === null) return null;
    const is = this.#is({ kind, names: names as RfmName[] & Stage[] }, start);
    return isNot ? { kind: 'not', part: is } : is;
  }

  /** One name, or several with commas or in brackets. */
  #takeNames(kind: NameKind): string[] | null {
    const scanner = this.#scanner;
    const isBracketed = scanner.takeMark('(');
    const opened = scanner.at;
    const names: string[] = [];
    do {
      const name = scanner.takeName(this.#known[kind].index);
      if (name === null) return this.#refuseName(kind);
      if (!names.includes(name)) names.push(name);
    } while (scanner.takeMark(',') || (isBracketed && scanner.take(joinWords.any)));
    if (isBracketed && !scanner.takeMark(')')) {
      const here = scanner.wordHere();
      return here.text === '' || scanner.isAtEnd() ? this.#refuse('unclosed', opened - 1, '(') : this.#refuseName(kind);
    }
    return names;
  }

  #refuseName(kind: NameKind): null {
    const here = this.#scanner.wordHere();
    const names = this.#offers.names(kind, here.text);
    if (here.text === '') return this.#refuse('missing-value', here.start, '', names.slice(0, 3));
    const close = nearestWords(here.text.replaceAll(/["“”]/g, ''), names);
    return this.#refuse(unknownKind[kind], here.start, here.text, close);
  }

  #parseNumber(field: NumberField, start: number): Expression | null {
    const scanner = this.#scanner;
    const compare = takeComparison(scanner);
    if (compare === null) return this.#refuseOffering('missing-operator', offered.afterNumberField);
    const typed = scanner.takeNumber();
    if (typed === null) {
      const here = scanner.wordHere();
      return this.#refuse('missing-number', here.start, here.text);
    }
    return this.#is({ kind: 'number', field, compare, value: this.#withUnit(field, typed) }, start);
  }

  #withUnit(field: NumberField, typed: number): number {
    const scanner = this.#scanner;
    if (field === 'spent') {
      scanner.take(yuanWords);
      return Math.round(typed * 100);
    }
    if (field === 'orders') scanner.take(orderWords);
    if (field === 'days-since') return typed * (units.find(({ words }) => scanner.take(words))?.days ?? 1);
    if (field === 'churn') return scanner.takeMark('%') || typed > 1 ? typed / 100 : typed;
    return typed;
  }

  #takeTarget(): Target | null {
    const scanner = this.#scanner;
    const before = scanner.at;
    if (scanner.take(categoryWords)) {
      scanner.takeMark(':');
      const name = scanner.takeName(this.#known.category.index);
      if (name !== null) return { kind: 'category', name };
      scanner.at = before;
    }
    const product = scanner.takeName(this.#known.product.index);
    const afterProduct = scanner.at;
    scanner.at = before;
    const category = scanner.takeName(this.#known.category.index);
    if (product !== null && afterProduct >= scanner.at) {
      scanner.at = afterProduct;
      return { kind: 'product', name: product };
    }
    if (category !== null) return { kind: 'category', name: category };
    if (!scanner.take(categoryWords)) return null;
    scanner.takeMark(':');
    return this.#refuseName('category');
  }

  /** `VIP` alone: a group, or a stage; the longer name where one begins the other. No order is a purchase denied. */
  #parseStanding(start: number): Expression | null {
    const scanner = this.#scanner;
    let found: { readonly condition: Condition; readonly end: number } | null = null;
    for (const kind of ['rfm', 'stage'] as const) {
      scanner.at = start;
      const name = scanner.takeName(this.#known[kind].index);
      if (name !== null && name !== 'none' && scanner.at > (found?.end ?? 0) && this.#isConditionEnd())
        found = { condition: { kind, names: [name] as RfmName[] & Stage[] }, end: scanner.at };
    }
    scanner.at = found?.end ?? start;
    return found && this.#is(found.condition, start);
  }

  #parseWindow(start: number): Expression | null {
    const scanner = this.#scanner;
    if (scanner.take(windowPrefixes)) {
      scanner.take({ zh: [], en: [ofWord] });
      const target = this.#takeTarget();
      return this.failure ? null : this.#is({ kind: 'window', target }, start);
    }
    scanner.take(standsInWords);
    const target = this.#takeTarget();
    if (this.failure) return null;
    if (target && scanner.take(windowSuffixes)) return this.#is({ kind: 'window', target }, start);
    if (target) return this.#refuseOffering('missing-condition', offered.afterName);
    scanner.at = start;
    return null;
  }

  #isConditionEnd(): boolean {
    const scanner = this.#scanner;
    if (scanner.isAtEnd() || scanner.peek(joinWords.all) || scanner.peek(joinWords.any)) return true;
    const before = scanner.at;
    const closes = scanner.takeMark(')');
    scanner.at = before;
    return closes;
  }

  #is(condition: Condition, start: number): Expression {
    return {
      kind: 'is',
      condition,
      place: { line: this.#scanner.line, column: start + 1, length: this.#scanner.at - start },
    };
  }

  #refuse(kind: RuleErrorKind, start: number, near: string, suggestions: readonly string[] = []): null {
    this.fail(kind, start, near, suggestions);
    return null;
  }

  /** Where the rest of a condition is missing: what may stand there. */
  #refuseOffering(kind: RuleErrorKind, spelling: Spelling): null {
    const { start, text } = this.#scanner.wordHere();
    return this.#refuse(kind, start, text, this.#offers.spellings(spelling, text));
  }

  /** What is left behind a whole condition: perhaps a misspelt and, or or. */
  failBehind(): RuleFailure {
    const { start, text } = this.#scanner.wordHere();
    return this.fail(/^[)）]/.test(text) ? 'unopened' : 'unknown-word', start, text, this.#offers.joins(text));
  }
}
