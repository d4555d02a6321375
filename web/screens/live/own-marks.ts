/** Marks made on this screen, each with its way back: from its notice, from the list, and with Ctrl+Z the latest. */
import { archiveClip } from '#core/content/library.doc.ts';
import { toasts } from '#web/controls/toasts.svelte.ts';
import { type MarkKind, liveWords } from '#web/words/live.ts';
import type * as Y from 'yjs';
import { keepHighlight } from './keep-highlight.ts';
import type { LiveRoom } from './live-room.svelte.ts';

export class OwnMarks {
  readonly #room: LiveRoom;
  readonly #library: Y.Doc | null;
  #made: readonly string[] = [];

  constructor(room: LiveRoom, library: Y.Doc | null) {
    this.#room = room;
    this.#library = library;
  }

  make(kind: MarkKind): void {
    const w = liveWords();
    const mark = this.#room.mark(kind);
    this.#made = [...this.#made, mark.id];
    const isKept = kind === 'highlight' && this.#library !== null && keepHighlight(this.#room, this.#library, mark);
    toasts.done(isKept ? w.clipKept : w.markDone(w.markKinds[kind]), () => this.takeBack(mark.id));
  }

  /** Anybody's; the clip that a highlight made is put away with it. */
  takeBack(id: string): void {
    this.#room.takeBackMark(id);
    if (this.#library) archiveClip(this.#library, `${this.#room.id}-${id}`, true);
    this.#made = this.#made.filter((made) => made !== id);
  }

  undo = (event: KeyboardEvent): void => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    const last = this.#made.findLast((id) => this.#room.marks.some((mark) => mark.id === id));
    if (!isUndo || isTyping || last === undefined) return;
    event.preventDefault();
    this.takeBack(last);
    toasts.done(liveWords().markTakenBack);
  };
}
