/**
 * The records of parameters, in room `settings`, version 1. A record is fitted by one device or the server, used by all
 * of them from the moment it arrives, and can be refused and taken up again by owner and operator.
 *
 * | key | type | merge |
 * | --- | --- | --- |
 * | parameterRecords | Y.Map: record id → plain record | written once; all but the newest few are removed |
 * | parameterRefusals | Y.Map: record id → plain {member, atMs} | set and removed by people; the last writing wins |
 *
 * In use is the newest record that is readable and not refused; newest by the day it was fitted for, then by the moment
 * it was made, then by id, so that every device agrees. Its id follows from its content: two devices that fit the same facts
 * write the same record. Thresholds of RFM, factors of gaps and the reach of basket rules are chosen and stand beside it
 * (`rfm/thresholds.doc.ts`, `repurchase/chosen-factors.doc.ts`, `basket/choices.doc.ts`).
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../../result.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { readVerdicts } from '../backtest/verdicts.doc.ts';
import { withVerdicts } from '../backtest/with-verdicts.ts';
import { readBasketChoices, withBasketChoices } from '../basket/choices.doc.ts';
import { readChosenFactors } from '../repurchase/chosen-factors.doc.ts';
import { readRfmThresholds } from '../rfm/thresholds.doc.ts';
import { completeParameters } from './complete-parameters.ts';
import { isSound } from './is-sound.ts';
import { type FittedParameters, type Parameters, defaultParameters } from './parameters.ts';

export interface ParameterRecord {
  readonly id: string;
  /** The business day whose evening's facts it was fitted on. */
  readonly fittedDay: BusinessDay;
  /** Order lines and customers it was fitted from. */
  readonly lines: number;
  readonly customers: number;
  /** Of those lines (`line-sketch.ts`); none in a record made before it was kept. */
  readonly sketch?: readonly number[];
  readonly madeMs: number;
  /** Member id, or `madeByServer`. */
  readonly madeBy: string;
  readonly parameters: FittedParameters;
  readonly refused: { readonly member: string; readonly atMs: number } | null;
}

export interface ParameterRecords {
  /** Newest first. */
  readonly records: readonly ParameterRecord[];
  /** In use; null while the built-in parameters answer. */
  readonly current: ParameterRecord | null;
  readonly skipped: number;
}

export const mostParameterRecords = 6;
/** Who made a record that no member's device made. */
export const madeByServer = 'server';

export const parameterRecordsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('parameterRecords');
export const parameterRefusalsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('parameterRefusals');

export const readParameterRecords = (doc: Y.Doc): ParameterRecords => {
  const records: ParameterRecord[] = [];
  let skipped = 0;
  parameterRecordsOf(doc).forEach((value, id) => {
    const record = readRecord(value);
    if (record === null) skipped += 1;
    else records.push(Object.freeze({ ...record, id, refused: readRefusal(parameterRefusalsOf(doc).get(id)) }));
  });
  records.sort(newestFirst);
  const current = records.find(({ refused }) => refused === null) ?? null;
  return Object.freeze({ records: Object.freeze(records), current, skipped });
};

/** What every device computes beliefs with: the record in use, with the thresholds and gap factors people chose. */
export const readParameters = (doc: Y.Doc): Parameters =>
  withChoices(doc, readParameterRecords(doc).current?.parameters ?? defaultParameters);

/** What people chose, laid over what was fitted; what the shop's own back-test found no better is its baseline. */
export const withChoices = (doc: Y.Doc, fitted: FittedParameters): Parameters => {
  const chosen: Parameters = {
    ...fitted,
    rfm: readRfmThresholds(doc),
    basket: withBasketChoices(fitted.basket, readBasketChoices(doc)),
    repurchase: { ...fitted.repurchase, chosenFactors: readChosenFactors(doc) },
  };
  return withVerdicts(chosen, readVerdicts(doc));
};

/** Adds a record. One that is older than the newest, already there, or cannot be computed with, writes nothing. */
export const proposeParameters = (
  doc: Y.Doc,
  proposal: Omit<ParameterRecord, 'id' | 'fittedDay' | 'refused'>,
): Result<'done' | 'unchanged', { readonly kind: 'older-than-newest' | 'unsound' }> => {
  const { parameters, ...about } = proposal;
  if (!isSound(parameters)) return fail({ kind: 'unsound' });
  const body = JSON.stringify(parameters);
  const id = `${parameters.fittedDay}-${hashOf(body)}`;
  const { records } = readParameterRecords(doc);
  if (records.some((record) => record.id === id)) return ok('unchanged');
  const fresh = { id, fittedDay: parameters.fittedDay, madeMs: about.madeMs };
  if (records[0] && newestFirst(records[0], fresh) < 0) return fail({ kind: 'older-than-newest' });
  doc.transact(() => {
    parameterRecordsOf(doc).set(id, { ...about, body });
    for (const { id: old } of records.slice(mostParameterRecords - 1)) {
      parameterRecordsOf(doc).delete(old);
      parameterRefusalsOf(doc).delete(old);
    }
  }, 'propose-parameters');
  return ok('done');
};

/** The record is not used any more; the next older one that nobody refused is. */
export const refuseParameters = (
  doc: Y.Doc,
  id: string,
  by: { readonly member: string; readonly atMs: number },
): Result<null, { readonly kind: 'unknown-record' }> => {
  if (!parameterRecordsOf(doc).has(id)) return fail({ kind: 'unknown-record' });
  if (readRefusal(parameterRefusalsOf(doc).get(id)) === null)
    doc.transact(() => parameterRefusalsOf(doc).set(id, { ...by }), 'refuse-parameters');
  return ok(null);
};

/** Takes a refusal back. */
export const acceptParameters = (doc: Y.Doc, id: string): Result<null, { readonly kind: 'unknown-record' }> => {
  if (!parameterRecordsOf(doc).has(id)) return fail({ kind: 'unknown-record' });
  if (parameterRefusalsOf(doc).has(id)) doc.transact(() => parameterRefusalsOf(doc).delete(id), 'accept-parameters');
  return ok(null);
};

type Order = Pick<ParameterRecord, 'id' | 'fittedDay' | 'madeMs'>;

function newestFirst(a: Order, b: Order): number {
  return b.fittedDay - a.fittedDay || b.madeMs - a.madeMs || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** Values of a Y.Map are the same objects at each reading: a body is parsed once. */
const read = new WeakMap<object, Omit<ParameterRecord, 'id' | 'refused'> | 'unreadable'>();

function readRecord(value: unknown): Omit<ParameterRecord, 'id' | 'refused'> | null {
  if (typeof value !== 'object' || value === null) return null;
  const known = read.get(value) ?? parseRecord(value as Readonly<Record<string, unknown>>) ?? 'unreadable';
  read.set(value, known);
  return known === 'unreadable' ? null : known;
}

function parseRecord(value: Readonly<Record<string, unknown>>): Omit<ParameterRecord, 'id' | 'refused'> | null {
  const { lines, customers, sketch, madeMs, madeBy, body } = value;
  if (![lines, customers, madeMs].every((count) => Number.isSafeInteger(count))) return null;
  if (typeof madeBy !== 'string' || typeof body !== 'string') return null;
  const parameters = completeParameters(body);
  if (parameters === null) return null;
  return {
    fittedDay: parameters.fittedDay,
    lines: lines as number,
    customers: customers as number,
    ...(Array.isArray(sketch) && sketch.every(Number.isSafeInteger) ? { sketch: sketch as readonly number[] } : {}),
    madeMs: madeMs as number,
    madeBy,
    parameters,
  };
}

function readRefusal(value: unknown): ParameterRecord['refused'] {
  if (typeof value !== 'object' || value === null) return null;
  const { member, atMs } = value as Readonly<Record<string, unknown>>;
  return typeof member === 'string' && typeof atMs === 'number' ? { member, atMs } : null;
}

/** FNV-1a, twice with different starts: 64 bits in hexadecimal. */
function hashOf(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((start) => {
      let hash = start;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
