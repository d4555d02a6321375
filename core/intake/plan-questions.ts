/**
 * What a file cannot say of itself, as questions in the order they are asked: each with its possible answers, what the
 * file adds up to under each, up to three examples of how a cell or an order would be read, and the guess. A question whose guess is sure
 * is given as settled: it may be changed, it need not be answered.
 */
import type { FieldTarget } from './field-target.ts';
import type { Mapping, MappingAnswers } from './mapping.ts';
import type { MarkVerdict } from './mark-evidence.ts';
import { type AmountScope, type MoneyExample, type MoneyVerdict, sumsOf } from './money-evidence.ts';
import { type DecimalMark, amountReader, scaled } from './parse-amount.ts';
import { parseTime } from './parse-time.ts';
import type { TimeVerdict } from './time-evidence.ts';

export type QuestionKind = 'decimal-mark' | 'amount-scope' | 'amount-unit' | 'date-order' | 'zone';

export interface QuestionOption {
  readonly value: string;
  /** What all rows add up to; null where it makes no difference to money. */
  readonly totalFen: number | null;
  readonly examples: readonly QuestionExample[];
}

export interface QuestionExample {
  /** As it stands in the file; an order's number where terms are given. */
  readonly cell: string;
  /** The instant or the fen it would be read as. */
  readonly value: number;
  /** How an order comes to its value: so many times so much each, added up. */
  readonly terms?: readonly { readonly quantity: number; readonly fen: number }[];
}

export interface Question {
  readonly kind: QuestionKind;
  readonly column: number;
  readonly options: readonly [QuestionOption, ...QuestionOption[]];
  readonly guess: string;
  readonly isSettled: boolean;
}

export interface QuestionMaterial {
  readonly mapping: Mapping;
  /** The column whose scope its name leaves open; -1 when none does. */
  readonly openColumn: number;
  readonly money: MoneyVerdict;
  readonly mark: MarkVerdict;
  readonly time: TimeVerdict;
  /** A few cells of the money column and of the time column. */
  readonly amountCells: readonly string[];
  readonly timeCells: readonly string[];
  /** Answered by a person, now or when this header was last seen. */
  readonly answered: ReadonlySet<QuestionKind>;
}

export const planQuestions = (material: QuestionMaterial): readonly Question[] => {
  const questions: Question[] = [];
  const { mapping, money, time, openColumn, answered } = material;
  const { answers } = mapping;
  const scope = (openColumn < 0 ? amountTargetOf(mapping.columns) : mapping.columns[openColumn]) ?? 'line-paid';
  const fenPerUnit = answered.has('amount-unit') ? answers.fenPerUnit : money.fenPerUnit;
  const amountColumn = mapping.columns.findIndex((target) => target === scope);
  const summed = scope === 'unit-price' || scope === 'order-paid' ? scope : 'line-paid';
  const total = money.totals[summed];
  questions.push(...markQuestion(material, amountColumn, summed, fenPerUnit));
  if (openColumn >= 0 && (scope === 'line-paid' || scope === 'unit-price' || scope === 'order-paid')) {
    const differ = scopes.filter((value) => value === money.scope || money.totals[value] !== money.totals[money.scope]);
    const [first = money.scope, ...rest] = differ;
    const option = (value: (typeof scopes)[number]): QuestionOption => ({
      value,
      totalFen: scaled(money.totals[value], fenPerUnit),
      examples: money.examples.map((example) => scopeExample(example, value, fenPerUnit)),
    });
    questions.push({
      kind: 'amount-scope',
      column: openColumn,
      options: [option(first), ...rest.map(option)],
      guess: answered.has('amount-scope') ? scope : money.scope,
      isSettled: answered.has('amount-scope') || money.isScopeSure || rest.length === 0,
    });
  }
  const unit = (value: 100 | 1): QuestionOption => ({
    value: `${value}`,
    totalFen: scaled(total, value),
    examples: amountExamples(material.amountCells, answers.decimalMark, value),
  });
  questions.push({
    kind: 'amount-unit',
    column: amountColumn,
    options: [unit(100), unit(1)],
    guess: `${fenPerUnit}`,
    isSettled: answered.has('amount-unit') || money.isUnitSure || mapping.format !== 'generic',
  });
  questions.push(...timeQuestions(material, time));
  return questions;
};

/** A mapping with a question answered. */
export const answerQuestion = (mapping: Mapping, question: Question, value: string): Mapping => {
  const answers = (part: Partial<MappingAnswers>): Mapping => ({
    ...mapping,
    answers: { ...mapping.answers, ...part },
  });
  switch (question.kind) {
    case 'decimal-mark':
      return answers({ decimalMark: value === ',' ? ',' : '.' });
    case 'amount-scope':
      return {
        ...mapping,
        columns: mapping.columns.map((target, at) => (at === question.column ? (value as FieldTarget) : target)),
      };
    case 'amount-unit':
      return answers({ fenPerUnit: value === '1' ? 1 : 100 });
    case 'date-order':
      return answers({
        dateOrder: value === 'month-first' ? 'month-first' : value === 'day-first' ? 'day-first' : 'year-first',
      });
    case 'zone':
      return answers({ zoneMinutes: Number(value) });
  }
};

const scopes = ['line-paid', 'unit-price', 'order-paid'] as const;

function amountTargetOf(columns: readonly FieldTarget[]): FieldTarget | undefined {
  return (['line-paid', 'unit-price', 'order-paid', 'line-price'] as const).find((target) => columns.includes(target));
}

function amountExamples(cells: readonly string[], mark: DecimalMark, fenPerUnit: number): readonly QuestionExample[] {
  const parseAmount = amountReader(mark);
  return cells.slice(0, 3).map((cell) => ({ cell, value: scaled(parseAmount(cell), fenPerUnit) }));
}

function scopeExample({ order, rows }: MoneyExample, scope: AmountScope, fenPerUnit: number): QuestionExample {
  const said = scope === 'order-paid' ? rows.slice(0, 1) : rows;
  return {
    cell: order,
    value: scaled(sumsOf(rows)[scope], fenPerUnit),
    terms: said.map(({ amount, quantity }) => ({
      quantity: scope === 'unit-price' ? quantity : 1,
      fen: scaled(amount, fenPerUnit),
    })),
  };
}

/** Nothing to say where dots part decimals and no sum leaves a doubt. */
function markQuestion(
  { mapping, money, mark, answered }: QuestionMaterial,
  column: number,
  scope: AmountScope,
  fenPerUnit: number,
): readonly Question[] {
  const { decimalMark } = mapping.answers;
  const isAnswered = answered.has('decimal-mark');
  if (mark.mark === '.' && mark.isSure && !isAnswered) return [];
  const option = (value: DecimalMark): QuestionOption => ({
    value,
    totalFen: scaled((value === decimalMark ? money.totals : money.otherTotals)[scope], fenPerUnit),
    examples: amountExamples(mark.cells, value, fenPerUnit),
  });
  return [
    {
      kind: 'decimal-mark',
      column,
      options: [option('.'), option(',')],
      guess: isAnswered ? decimalMark : mark.mark,
      isSettled: isAnswered || mark.isSure,
    },
  ];
}

function timeQuestions({ mapping, timeCells, answered }: QuestionMaterial, time: TimeVerdict): readonly Question[] {
  const column = mapping.columns.findIndex((target) => target === 'paid-at' || target === 'created-at');
  const { dateOrder, zoneMinutes } = mapping.answers;
  const order = answered.has('date-order') ? dateOrder : time.order;
  const option = (value: string, form: Pick<MappingAnswers, 'dateOrder' | 'zoneMinutes'>): QuestionOption => ({
    value,
    totalFen: null,
    examples: timeCells
      .slice(0, 3)
      .map((cell) => ({ cell, value: parseTime(cell, { order: form.dateOrder, zoneMinutes: form.zoneMinutes }) })),
  });
  const questions: Question[] = [];
  if (time.order !== 'year-first') {
    questions.push({
      kind: 'date-order',
      column,
      options: [
        option('day-first', { dateOrder: 'day-first', zoneMinutes }),
        option('month-first', { dateOrder: 'month-first', zoneMinutes }),
      ],
      guess: order,
      isSettled: answered.has('date-order') || time.isOrderSure,
    });
  }
  if (time.needsZone) {
    const zone = (minutes: number): QuestionOption => option(`${minutes}`, { dateOrder: order, zoneMinutes: minutes });
    questions.push({ kind: 'zone', column, options: [zone(480), zone(0)], guess: `${zoneMinutes}`, isSettled: true });
  }
  return questions;
}
