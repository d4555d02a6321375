/**
 * What each column is probably for: by the platform's own meaning, by its name, by what its cells look like. A target
 * is claimed once, by the best name. Contact details and names are left out unless nothing else says who bought; a
 * masked phone is taken, because it only suggests. The scope of money that a name leaves open is marked `ask-scope`.
 */
import { isMasked, looksLikeExternalUserid, looksLikeOpenid, normaliseEmail, normalisePhone } from './customer-key.ts';
import { type FieldTarget, type Recognition, paidTargets } from './field-target.ts';
import {
  ambiguousAmounts,
  formatColumns,
  headerAliases,
  personalHeaders,
  unneededHeaders,
} from './header-aliases.data.ts';
import { type Mapping, type OrderFormat, defaultAnswers } from './mapping.ts';
import { normaliseHeader } from './normalise-header.ts';
import { recogniseFormat } from './recognise-format.ts';

export interface ColumnProposal {
  readonly target: FieldTarget;
  readonly recognition: Recognition;
}

export interface MappingProposal {
  readonly mapping: Mapping;
  readonly recognitions: readonly Recognition[];
}

export const proposeMapping = (
  header: readonly string[],
  sample: readonly (readonly string[])[],
  remembered: Mapping | null,
): MappingProposal => {
  if (remembered && remembered.columns.length === header.length) {
    // Never left out for good: this file's currency may be another than the last one's, and somebody may refuse in it.
    const columns = remembered.columns.map((target, column) => {
      const own = aliasRanks.get(normaliseHeader(header[column] ?? ''))?.target;
      return target === 'skip' && (own === 'currency' || own === 'consent') ? own : target;
    });
    return {
      mapping: { ...remembered, columns },
      recognitions: columns.map((target) => (target === 'skip' ? 'not-needed' : 'remembered')),
    };
  }
  const format = recogniseFormat(header);
  const claims = header.map((cell, column) => claimOf(normaliseHeader(cell), format, column, sample));
  settleClaims(claims);
  dropSecondMoney(claims);
  guardPersonal(claims, sample);
  return {
    mapping: { format, columns: claims.map(({ target }) => target), answers: defaultAnswers },
    recognitions: claims.map(({ recognition }) => recognition),
  };
};

/** What a column of this name is for, whether it is used so or not; undefined where the name says nothing. */
export const targetOfHeader = (header: string, format: OrderFormat): FieldTarget | undefined => {
  const name = normaliseHeader(header);
  return formatColumns[format]?.[name] ?? aliasRanks.get(name)?.target;
};

/** What a file must say and this mapping does not. */
export const missingTargets = (
  columns: readonly FieldTarget[],
): readonly ('order' | 'time' | 'customer' | 'item' | 'amount')[] => {
  const has = (...targets: readonly FieldTarget[]): boolean => targets.some((target) => columns.includes(target));
  const missing: ('order' | 'time' | 'customer' | 'item' | 'amount')[] = [];
  if (!has('order', 'sub-order')) missing.push('order');
  if (!has('paid-at', 'created-at')) missing.push('time');
  if (!has('openid', 'unionid', 'external-userid', 'buyer-id', 'phone', 'email')) missing.push('customer');
  if (!has('item-code', 'sku-code', 'item-name')) missing.push('item');
  if (!has(...paidTargets, 'line-price')) missing.push('amount');
  return missing;
};

interface Claim {
  target: FieldTarget;
  recognition: Recognition;
  /** Lower is better. */
  rank: number;
}

const aliasRanks = new Map<string, { target: FieldTarget; rank: number }>();
for (const [target, names] of headerAliases) {
  names.forEach((name, rank) => {
    const key = normaliseHeader(name);
    if (!aliasRanks.has(key)) aliasRanks.set(key, { target, rank });
  });
}
const ambiguous = new Set(ambiguousAmounts.map(normaliseHeader));
const unneeded = new Set(unneededHeaders.map(normaliseHeader));
const personal = new Set(personalHeaders.map(normaliseHeader));

function claimOf(name: string, format: OrderFormat, column: number, sample: readonly (readonly string[])[]): Claim {
  const own = formatColumns[format]?.[name];
  if (own) return { target: own, recognition: own === 'skip' ? 'not-needed' : 'name', rank: -1 };
  if (ambiguous.has(name)) return { target: 'line-paid', recognition: 'ask-scope', rank: 50 };
  const known = aliasRanks.get(name);
  const cells = sample.map((row) => row[column] ?? '').filter((cell) => cell !== '');
  if (known) {
    const isMaskedPhone = known.target === 'phone' && cells.some(isMasked);
    return { ...known, recognition: isMaskedPhone ? 'masked' : 'name' };
  }
  if (personal.has(name)) return { target: 'skip', recognition: 'personal', rank: 99 };
  if (unneeded.has(name)) return { target: 'skip', recognition: 'not-needed', rank: 99 };
  return claimByContent(cells);
}

function claimByContent(cells: readonly string[]): Claim {
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / Math.max(1, cells.length);
  if (cells.length >= 3) {
    if (share(looksLikeOpenid) > 0.8) return { target: 'openid', recognition: 'content', rank: 60 };
    if (share(looksLikeExternalUserid) > 0.8) return { target: 'external-userid', recognition: 'content', rank: 60 };
    if (share((cell) => normalisePhone(cell) !== '') > 0.8)
      return { target: 'phone', recognition: 'content', rank: 60 };
    if (share((cell) => normaliseEmail(cell) !== '') > 0.8)
      return { target: 'email', recognition: 'content', rank: 60 };
  }
  return { target: 'skip', recognition: 'unknown', rank: 99 };
}

/** One column a target: the better name wins, at equal names the earlier column. */
function settleClaims(claims: Claim[]): void {
  const best = new Map<FieldTarget, Claim>();
  for (const claim of claims) {
    if (claim.target === 'skip') continue;
    const rival = best.get(claim.target);
    if (!rival || claim.rank < rival.rank) {
      if (rival) giveUp(rival);
      best.set(claim.target, claim);
    } else giveUp(claim);
  }
}

/** What a line was paid makes the order's total and the unit's price superfluous; the scope of an open one stays open. */
function dropSecondMoney(claims: readonly Claim[]): void {
  const line = claims.find(({ target, recognition }) => target === 'line-paid' && recognition !== 'ask-scope');
  const open = claims.find(({ recognition }) => recognition === 'ask-scope');
  if (line)
    for (const claim of claims)
      if (claim.target === 'order-paid' || claim.target === 'unit-price' || claim === open) giveUp(claim);
  const order = claims.find(({ target }) => target === 'order-paid');
  if (order && open) giveUp(open);
  const unit = claims.find(({ target }) => target === 'unit-price');
  // A unit price beside an order's total says how to share the total out.
  if (unit && (order || (open && open.target !== 'skip')) && !claims.some(({ target }) => target === 'line-price'))
    unit.target = 'line-price';
  else if (unit && order) giveUp(unit);
}

function giveUp(claim: Claim): void {
  claim.target = 'skip';
  claim.recognition = 'not-needed';
}

/**
 * Names are always left out; phone and email too, once another strong key fills at least half of the rows; of phone and
 * email the one that says less.
 */
function guardPersonal(claims: readonly Claim[], sample: readonly (readonly string[])[]): void {
  const filled = (column: number): number =>
    sample.filter((row) => (row[column] ?? '') !== '').length / Math.max(1, sample.length);
  const strong = claims.some(
    ({ target }, column) =>
      ['openid', 'unionid', 'external-userid', 'buyer-id'].includes(target) && filled(column) >= 0.5,
  );
  const fillOf = (target: FieldTarget): number => {
    const column = claims.findIndex((claim) => claim.target === target && claim.recognition !== 'masked');
    return column < 0 ? -1 : filled(column);
  };
  const spare = strong ? ['phone', 'email'] : fillOf('phone') >= fillOf('email') ? ['email'] : ['phone'];
  for (const claim of claims) {
    const isSpare = spare.includes(claim.target) && claim.recognition !== 'masked' && (strong || fillOf('phone') >= 0);
    if (claim.target !== 'nickname' && !isSpare) continue;
    claim.target = 'skip';
    claim.recognition = 'personal';
  }
}
