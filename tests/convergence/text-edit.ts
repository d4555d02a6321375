/** Random edits of one shared text, as two people typing into it. */
import type * as Y from 'yjs';
import type { Dice, Plain } from './operation-table.ts';

export interface TextEdit {
  readonly [key: string]: Plain;
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const words = ['炖', 'milk ', '三分钟', '\n', '👩‍🍳', '筷子一戳就透', 'a', '。'];

export const chooseTextEdit = (dice: Dice, length: number): TextEdit => ({
  at: dice.below(length + 1),
  remove: dice.chance(0.3) ? dice.below(4) : 0,
  insert: dice.pick(words),
});

export const applyTextEdit = (text: Y.Text | null, { at, remove, insert }: TextEdit): void => {
  if (!text) return;
  const place = Math.min(at, text.length);
  const gone = Math.min(remove, text.length - place);
  text.doc?.transact(() => {
    if (gone > 0) text.delete(place, gone);
    text.insert(place, insert);
  }, 'typing');
};
