/**
 * Binds a text field to a shared text. What is typed becomes the smallest change; what others write appears without
 * moving the caret. While an input method composes, nothing is written into the field and nothing is sent: the composed
 * text is merged when it is finished. Undo keys go to the caller, whose history knows whose change was whose.
 */
import type * as Y from 'yjs';
import { type DeltaPart, mapPlace, planSplice } from './plan-splice.ts';

export interface TextBindingOptions {
  /** Transactions carry it, so that an own undo history can tell them. */
  readonly origin: unknown;
  readonly onselect?: (start: number, end: number) => void;
  readonly onundo?: () => void;
  readonly onredo?: () => void;
}

export type TextField = HTMLTextAreaElement | HTMLInputElement;

/** Returns how to let go. A composition that is under way is merged first. */
export const bindText = (field: TextField, text: Y.Text, options: TextBindingOptions): (() => void) => {
  let shown = shownIn(field, text);
  let isComposing = false;
  let isWriting = false;
  let missed: (readonly DeltaPart[])[] = [];
  field.value = shown;

  const show = (start: number, end: number): void => {
    shown = shownIn(field, text);
    if (field.value === shown) return;
    const { scrollTop } = field;
    field.value = shown;
    if (document.activeElement === field) field.setSelectionRange(start, end);
    field.scrollTop = scrollTop;
  };

  const take = (): void => {
    const splice = planSplice(shown, field.value, field.selectionEnd ?? field.value.length);
    if (!splice) {
      if (missed.length > 0) showMissed(field.selectionStart ?? 0, field.selectionEnd ?? 0);
      return;
    }
    const start = mapThroughMissed(splice.start, 'after');
    const end = Math.max(start, mapThroughMissed(splice.start + splice.removed, 'before'));
    isWriting = true;
    text.doc?.transact(() => {
      if (end > start) text.delete(start, end - start);
      if (splice.inserted !== '') text.insert(start, splice.inserted);
    }, options.origin);
    isWriting = false;
    missed = [];
    const caret = start + splice.inserted.length;
    show(caret, caret);
  };

  const mapThroughMissed = (place: number, sticksTo: 'before' | 'after'): number =>
    missed.reduce((mapped, delta) => mapPlace(mapped, delta, sticksTo), place);

  const showMissed = (start: number, end: number): void => {
    const [from, to] = [mapThroughMissed(start, 'before'), mapThroughMissed(end, 'before')];
    missed = [];
    show(from, to);
  };

  const changed = (event: Y.YTextEvent): void => {
    if (isWriting) return;
    missed.push([...(event.delta as readonly DeltaPart[])]);
    if (!isComposing) showMissed(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    tellSelection();
  };

  const tellSelection = (): void => {
    if (document.activeElement === field) options.onselect?.(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  };
  const typed = (): void => {
    if (!isComposing) take();
    tellSelection();
  };
  const composing = (): void => void (isComposing = true);
  const composed = (): void => {
    isComposing = false;
    take();
    tellSelection();
  };
  // Its own history would bring back what others have changed since.
  const beforeInput = (event: Event): void => {
    const { inputType } = event as InputEvent;
    if (inputType !== 'historyUndo' && inputType !== 'historyRedo') return;
    event.preventDefault();
    if (inputType === 'historyUndo') options.onundo?.();
    else options.onredo?.();
  };
  const pressed = (event: Event): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event as KeyboardEvent;
    if ((!ctrlKey && !metaKey) || altKey) return;
    const letter = key.toLowerCase();
    if (letter !== 'z' && letter !== 'y') return;
    event.preventDefault();
    event.stopPropagation();
    if (letter === 'y' || shiftKey) options.onredo?.();
    else options.onundo?.();
  };

  const listeners: readonly (readonly [string, (event: Event) => void])[] = [
    ['input', typed],
    ['compositionstart', composing],
    ['compositionend', composed],
    ['beforeinput', beforeInput],
    ['keydown', pressed],
    ['focus', tellSelection],
  ];
  for (const [name, listener] of listeners) field.addEventListener(name, listener);
  document.addEventListener('selectionchange', tellSelection);
  text.observe(changed);
  return () => {
    if (isComposing) composed();
    text.unobserve(changed);
    for (const [name, listener] of listeners) field.removeEventListener(name, listener);
    document.removeEventListener('selectionchange', tellSelection);
  };
};

/** As the field can show it, unit for unit: fields turn carriage returns, and one-line fields all line ends, into nothing. */
function shownIn(field: TextField, text: Y.Text): string {
  return text.toString().replace(field instanceof HTMLTextAreaElement ? /\r/g : /[\r\n]/g, ' ');
}
