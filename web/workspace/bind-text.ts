/**
 * Binds a text field to a shared text. What is typed becomes the smallest change; what others write appears without
 * moving the caret. While an input method composes, nothing is written into the field and nothing is sent: the composed
 * text is merged when it is finished. Undo keys go to the caller, whose history knows whose change was whose.
 */
import type * as Y from 'yjs';
import { type DeltaPart, mapPlace, planSplice } from '#core/units/plan-splice.ts';
import { whileReading } from './read-only-guard.ts';

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
  const binding = new TextBinding(field, text, options);
  return () => binding.close();
};

class TextBinding {
  readonly #field: TextField;
  readonly #text: Y.Text;
  readonly #options: TextBindingOptions;
  #shown: string;
  #isComposing = false;
  #isWriting = false;
  /** What others wrote that the field does not show yet. */
  #missed: (readonly DeltaPart[])[] = [];

  constructor(field: TextField, text: Y.Text, options: TextBindingOptions) {
    this.#field = field;
    this.#text = text;
    this.#options = options;
    this.#shown = shownIn(field, text);
    field.value = this.#shown;
    for (const [name, listener] of this.#listeners) field.addEventListener(name, listener);
    document.addEventListener('selectionchange', this.#tellSelection);
    text.observe(this.#changed);
  }

  close(): void {
    if (this.#isComposing) this.#composed();
    this.#text.unobserve(this.#changed);
    for (const [name, listener] of this.#listeners) this.#field.removeEventListener(name, listener);
    document.removeEventListener('selectionchange', this.#tellSelection);
  }

  /** What was typed since the field was last known, as one change at its place in the shared text. */
  #take(): void {
    const { value, selectionStart, selectionEnd } = this.#field;
    const splice = planSplice(this.#shown, value, selectionEnd ?? value.length);
    if (!splice) {
      if (this.#missed.length > 0) this.#showMissed(selectionStart ?? 0, selectionEnd ?? 0);
      return;
    }
    const start = this.#map(splice.start, 'after');
    const end = Math.max(start, this.#map(splice.start + splice.removed, 'before'));
    this.#isWriting = true;
    this.#text.doc?.transact(() => {
      if (end > start) this.#text.delete(start, end - start);
      if (splice.inserted !== '') this.#text.insert(start, splice.inserted);
    }, this.#options.origin);
    this.#isWriting = false;
    this.#missed = [];
    const caret = start + splice.inserted.length;
    this.#show(caret, caret);
  }

  #showMissed(start: number, end: number): void {
    const [from, to] = [this.#map(start, 'before'), this.#map(end, 'before')];
    this.#missed = [];
    this.#show(from, to);
  }

  #show(start: number, end: number): void {
    this.#shown = shownIn(this.#field, this.#text);
    if (this.#field.value === this.#shown) return;
    const { scrollTop } = this.#field;
    this.#field.value = this.#shown;
    if (document.activeElement === this.#field) this.#field.setSelectionRange(start, end);
    this.#field.scrollTop = scrollTop;
  }

  #map(place: number, sticksTo: 'before' | 'after'): number {
    return this.#missed.reduce((mapped, delta) => mapPlace(mapped, delta, sticksTo), place);
  }

  readonly #changed = (event: Y.YTextEvent): void => {
    if (this.#isWriting) return;
    this.#missed.push([...(whileReading(this.#text.doc, () => event.delta) as readonly DeltaPart[])]);
    if (!this.#isComposing) this.#showMissed(this.#field.selectionStart ?? 0, this.#field.selectionEnd ?? 0);
    this.#tellSelection();
  };

  readonly #tellSelection = (): void => {
    if (document.activeElement !== this.#field) return;
    this.#options.onselect?.(this.#field.selectionStart ?? 0, this.#field.selectionEnd ?? 0);
  };

  readonly #typed = (): void => {
    if (!this.#isComposing) this.#take();
    this.#tellSelection();
  };

  readonly #composed = (): void => {
    this.#isComposing = false;
    this.#take();
    this.#tellSelection();
  };

  /** The browser's own history would bring back what others have changed since. */
  readonly #beforeInput = (event: Event): void => {
    const { inputType } = event as InputEvent;
    if (inputType !== 'historyUndo' && inputType !== 'historyRedo') return;
    event.preventDefault();
    if (inputType === 'historyUndo') this.#options.onundo?.();
    else this.#options.onredo?.();
  };

  readonly #pressed = (event: Event): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event as KeyboardEvent;
    const letter = key.toLowerCase();
    if ((!ctrlKey && !metaKey) || altKey || (letter !== 'z' && letter !== 'y')) return;
    event.preventDefault();
    event.stopPropagation();
    if (letter === 'y' || shiftKey) this.#options.onredo?.();
    else this.#options.onundo?.();
  };

  readonly #listeners: readonly (readonly [string, (event: Event) => void])[] = [
    ['input', this.#typed],
    ['compositionstart', () => void (this.#isComposing = true)],
    ['compositionend', this.#composed],
    ['beforeinput', this.#beforeInput],
    ['keydown', this.#pressed],
    ['focus', this.#tellSelection],
  ];
}

/** As the field can show it, unit for unit: fields turn carriage returns, and one-line fields all line ends, into nothing. */
function shownIn(field: TextField, text: Y.Text): string {
  return text.toString().replace(field instanceof HTMLTextAreaElement ? /\r/g : /[\r\n]/g, ' ');
}
