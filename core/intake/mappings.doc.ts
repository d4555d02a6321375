/**
 * Room `settings`, version 1: how files of a kind were read last time.
 *
 * | key | type | merge |
 * | --- | --- | --- |
 * | mappings | Y.Map: header signature → plain {format, columns, answers, answered, fileName, shop, atMs} | last wins, whole |
 */
import * as Y from 'yjs';
import { fieldTargets, type FieldTarget } from './field-target.ts';
import { type Mapping, defaultAnswers, formats } from './mapping.ts';

export interface RememberedMapping {
  readonly mapping: Mapping;
  /** Kinds of question a person has answered for files like this. */
  readonly answered: readonly string[];
  readonly fileName: string;
  readonly shop: string;
  readonly atMs: number;
}

export const mappingsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('mappings');

/** Null when no such file was taken in, or what was noted cannot be read. */
export const readMapping = (doc: Y.Doc, signature: string): RememberedMapping | null => {
  const value = mappingsOf(doc).get(signature);
  if (!isObject(value)) return null;
  const { format, columns, answers, answered, fileName, shop, atMs } = value;
  const known = formats.find((candidate) => candidate === format);
  if (!known || !Array.isArray(columns) || !columns.every(isTarget) || !isObject(answers)) return null;
  const { fenPerUnit, dateOrder, zoneMinutes } = answers;
  const noted: RememberedMapping = {
    mapping: {
      format: known,
      columns,
      answers: {
        fenPerUnit: fenPerUnit === 1 ? 1 : 100,
        decimalMark: defaultAnswers.decimalMark,
        dateOrder: dateOrder === 'day-first' || dateOrder === 'month-first' ? dateOrder : 'year-first',
        zoneMinutes: typeof zoneMinutes === 'number' ? zoneMinutes : defaultAnswers.zoneMinutes,
        choices: {},
      },
    },
    answered: Array.isArray(answered) ? answered.filter((kind) => typeof kind === 'string') : [],
    fileName: typeof fileName === 'string' ? fileName : '',
    shop: typeof shop === 'string' ? shop : '',
    atMs: typeof atMs === 'number' ? atMs : 0,
  };
  return Object.freeze(noted);
};

/**
 * Notes how a file was read; what was noted of it before is replaced. Decisions about single rows are not kept, nor is
 * the decimal mark: the next file of the kind may have passed through another spreadsheet.
 */
export const rememberMapping = (doc: Y.Doc, signature: string, remembered: RememberedMapping): void => {
  const { mapping, ...rest } = remembered;
  const { fenPerUnit, dateOrder, zoneMinutes } = mapping.answers;
  doc.transact(() => {
    mappingsOf(doc).set(signature, {
      ...rest,
      answered: rest.answered.filter((kind) => kind !== 'decimal-mark'),
      format: mapping.format,
      columns: [...mapping.columns],
      answers: { fenPerUnit, dateOrder, zoneMinutes },
    });
  }, 'remember-mapping');
};

function isTarget(value: unknown): value is FieldTarget {
  return fieldTargets.some((target) => target === value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Y.AbstractType);
}
