/**
 * What the workspace is called, in room `settings`: Y.Text `brand`, version 1; owner and operator write, two at once
 * merge by character. Empty until somebody renames: then the name given when the workspace was made stands.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';

export const brandText = (doc: Y.Doc): Y.Text => doc.getText('brand');

/** Without the spaces around it, in one line; empty when nobody has said. */
export const readBrand = (doc: Y.Doc): string => brandText(doc).toJSON().replace(/\s+/gu, ' ').trim().slice(0, longest);

export const renameBrand = (
  doc: Y.Doc,
  name: string,
): Result<'done' | 'unchanged', { readonly kind: 'empty-name' }> => {
  const wanted = name.replace(/\s+/gu, ' ').trim().slice(0, longest);
  if (wanted === '') return fail({ kind: 'empty-name' });
  if (wanted === readBrand(doc)) return ok('unchanged');
  doc.transact(() => {
    const text = brandText(doc);
    text.delete(0, text.length);
    text.insert(0, wanted);
  }, 'rename-brand');
  return ok('done');
};

const longest = 60;
