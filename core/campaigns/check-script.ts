/**
 * The lines of a script as the prompter shows them, and those the advertising-law check speaks against. A line's number
 * is the prompter's: blank lines are not shown and not counted. The product decides which rules hold; talk and games
 * are checked as ordinary food.
 */
import type { Product } from '../catalogue/product.ts';
import { type Finding, checkLine } from '../wording/check-line.ts';
import { deriveProductKind } from '../wording/derive-product-kind.ts';
import type { ProductKind } from '../wording/law-rule.ts';
import { promptedLines } from './prompted-lines.ts';

export interface FlaggedLine {
  readonly line: number;
  readonly text: string;
  /** In order of place, never empty. */
  readonly findings: readonly Finding[];
}

export const checkScript = (script: string, product: Product | null): readonly FlaggedLine[] => {
  const kind: ProductKind = product ? deriveProductKind(product) : 'ordinary';
  return promptedLines(script).flatMap((text, line) => {
    const findings = checkLine(text, kind);
    return findings.length > 0 ? [{ line, text, findings }] : [];
  });
};
