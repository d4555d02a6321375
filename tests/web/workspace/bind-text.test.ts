import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bindText } from '#web/workspace/bind-text.ts';
import { ReadOnlyDocument, guardReadOnly } from '#web/workspace/read-only-guard.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const twoDocs = (content = ''): { mine: Y.Text; theirs: Y.Text } => {
  const a = new Y.Doc();
  const b = new Y.Doc();
  a.on('update', (update: Uint8Array, origin: unknown) => origin !== 'network' && Y.applyUpdate(b, update, 'network'));
  b.on('update', (update: Uint8Array, origin: unknown) => origin !== 'network' && Y.applyUpdate(a, update, 'network'));
  a.getText('t').insert(0, content);
  return { mine: a.getText('t'), theirs: b.getText('t') };
};

const aField = (text: Y.Text, origin: unknown = 'me', undo?: OwnUndo): HTMLTextAreaElement => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.focus();
  const close = bindText(field, text, { origin, onundo: () => undo?.undo(), onredo: () => undo?.redo() });
  open.push(close, () => field.remove());
  return field;
};

const type = (field: HTMLTextAreaElement, at: number, inserted: string, removed = 0): void => {
  field.setRangeText(inserted, at, at + removed, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

test('what is typed reaches the other, what the other types appears without moving the caret', () => {
  const { mine, theirs } = twoDocs('冷水下锅');
  const field = aField(mine);
  type(field, 4, '，焯三分钟');
  expect(theirs.toString()).toBe('冷水下锅，焯三分钟');
  field.setSelectionRange(2, 4);
  theirs.insert(0, '先');
  expect(field.value).toBe('先冷水下锅，焯三分钟');
  expect([field.selectionStart, field.selectionEnd]).toEqual([3, 5]);
  theirs.delete(0, 2);
  expect([field.selectionStart, field.selectionEnd]).toEqual([1, 3]);
});

test('of several equal letters the one at the caret is the one that changes', () => {
  const { mine, theirs } = twoDocs('aaaa');
  const field = aField(mine);
  type(field, 1, 'a');
  theirs.applyDelta([{ retain: 1 }, { insert: 'X' }]);
  // Ours went in at 1, so theirs (also at 1 of the new text) stands between the letters, and nothing is lost.
  expect(field.value).toBe('aXaaaa');
});

test('a surrogate pair is replaced whole', () => {
  const { mine, theirs } = twoDocs('👍');
  const field = aField(mine);
  type(field, 0, '👎', 2);
  expect(theirs.toString()).toBe('👎');
});

test('while an input method composes nothing is sent, and what others write waits; both are there afterwards', () => {
  const { mine, theirs } = twoDocs('牛腩。');
  const field = aField(mine);
  field.setSelectionRange(2, 2);
  field.dispatchEvent(new CompositionEvent('compositionstart'));
  type(field, 2, 'nen');
  expect(theirs.toString()).toBe('牛腩。');
  theirs.insert(0, '原切');
  theirs.insert(theirs.length, '今晚就炖');
  expect(field.value).toBe('牛腩nen。');
  field.setRangeText('嫩', 2, 5, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.dispatchEvent(new CompositionEvent('compositionend'));
  expect(field.value).toBe('原切牛腩嫩。今晚就炖');
  expect(theirs.toString()).toBe(field.value);
  expect(field.selectionStart).toBe(5);
});

test('a composition that is given up shows what came in meanwhile', () => {
  const { mine, theirs } = twoDocs('牛腩');
  const field = aField(mine);
  field.dispatchEvent(new CompositionEvent('compositionstart'));
  theirs.insert(0, '原切');
  field.dispatchEvent(new CompositionEvent('compositionend'));
  expect(field.value).toBe('原切牛腩');
  expect(theirs.toString()).toBe('原切牛腩');
});

test('the field closed in the middle of a composition loses nothing', () => {
  const { mine, theirs } = twoDocs('牛腩');
  const field = aField(mine);
  field.dispatchEvent(new CompositionEvent('compositionstart'));
  type(field, 2, '好');
  open.shift()?.();
  expect(theirs.toString()).toBe('牛腩好');
});

test('undo takes back own changes only, by key and by the browser menu', () => {
  const { mine, theirs } = twoDocs('');
  const undo = new OwnUndo([mine as unknown as Y.AbstractType<unknown>]);
  const field = aField(mine, undo.origin, undo);
  type(field, 0, '我写的');
  theirs.insert(3, '别人写的');
  undo.pause();
  type(field, 0, '开头');
  expect(field.value).toBe('开头我写的别人写的');
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }));
  expect(field.value).toBe('我写的别人写的');
  field.dispatchEvent(new InputEvent('beforeinput', { inputType: 'historyUndo', cancelable: true }));
  expect(field.value).toBe('别人写的');
  expect(undo.canUndo).toBe(false);
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey: true, cancelable: true }));
  expect(field.value).toBe('我写的别人写的');
  expect(theirs.toString()).toBe(field.value);
  undo.close();
});

test('a text with carriage returns keeps its places', () => {
  const { mine, theirs } = twoDocs('一\r\n二');
  const field = aField(mine);
  type(field, 4, '三');
  expect(theirs.toString()).toBe('一\r\n二三');
});

test('a field of a document one may not write shows what others write, without a complaint', () => {
  const complaints = vi.spyOn(console, 'error');
  const theirs = new Y.Doc();
  theirs.getText('t').insert(0, '标签 = 烘焙');
  const mine = new Y.Doc();
  guardReadOnly(mine, () => false);
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'server');
  const undo = new OwnUndo([mine.getText('t') as unknown as Y.AbstractType<unknown>]);
  const field = aField(mine.getText('t'), undo.origin, undo);
  const sent: Uint8Array[] = [];
  mine.on('update', (update: Uint8Array, origin: unknown) => void (origin !== 'server' && sent.push(update)));
  theirs.on('update', (update: Uint8Array) => Y.applyUpdate(mine, update, 'server'));
  field.setSelectionRange(5, 5);
  theirs.getText('t').insert(0, '非 ');
  theirs.getText('t').insert(9, '爱好者');
  expect(field.value).toBe('非 标签 = 烘焙爱好者');
  expect(field.selectionStart).toBe(7);
  // What is bold at the other end is tidied there, not here.
  theirs.getText('t').format(2, 2, { bold: true });
  theirs.getText('t').delete(2, 2);
  expect(field.value).toBe(theirs.getText('t').toString());
  expect(Y.encodeStateVector(mine)).toEqual(Y.encodeStateVector(theirs));
  expect(sent).toEqual([]);
  expect(() => mine.getText('t').insert(0, 'x')).toThrow(ReadOnlyDocument);
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
  undo.close();
});
