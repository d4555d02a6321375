/**
 * Dragging things into another order, within a list or from list to list, by mouse, pen and finger. Marks in the
 * markup: `data-drag-list="<list>"` on each list, or on each part of it with `data-drag-next="<id>"` for what the next part
 * begins with; `data-drag-id="<id>"` on each thing in it; `data-drag-grip` on what one takes hold of
 * (`data-drag-grip="hold"`: a finger must rest on it first, so that it can still scroll). Nothing moves but the thing in
 * the hand and a line where it would go: what others change meanwhile stays readable. Escape gives up. The keyboard's
 * way belongs to the screen.
 */
export interface DragMove {
  readonly id: string;
  readonly list: string;
  /** Null: to the end of the list. */
  readonly beforeId: string | null;
}

export interface DragOrderOptions {
  onmove(move: DragMove): void;
  isAllowed?(move: DragMove): boolean;
  /** Let go where it is not allowed: say why. */
  onrefused?(move: DragMove): void;
}

const startDistance = 5;
const holdMs = 280;
const edge = 48;

export const dragOrder =
  (options: DragOrderOptions) =>
  (root: HTMLElement): (() => void) => {
    let drag: Drag | null = null;

    const pressed = (event: PointerEvent): void => {
      const target = event.target as HTMLElement;
      const grip = target.closest<HTMLElement>('[data-drag-grip]');
      const item = target.closest<HTMLElement>('[data-drag-id]');
      const isControl = target.closest('input, select, textarea, a, button:not([data-drag-grip])');
      if (event.button !== 0 || drag || !grip || !item || !root.contains(item) || isControl) return;
      const mustHold = event.pointerType !== 'mouse' && grip.dataset['dragGrip'] === 'hold';
      drag = new Drag(root, item, event, mustHold, options, () => (drag = null));
    };
    const keyed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !drag) return;
      event.stopPropagation();
      drag.finish(false);
    };
    root.addEventListener('pointerdown', pressed);
    window.addEventListener('keydown', keyed, true);
    return () => {
      drag?.finish(false);
      root.removeEventListener('pointerdown', pressed);
      window.removeEventListener('keydown', keyed, true);
    };
  };

/** One thing in the hand, from the press to the release. */
class Drag {
  readonly #root: HTMLElement;
  readonly #item: HTMLElement;
  readonly #first: PointerEvent;
  readonly #mustHold: boolean;
  readonly #options: DragOrderOptions;
  readonly #ended: () => void;
  readonly #line = document.createElement('div');
  #last: PointerEvent;
  #move: DragMove | null = null;
  #isDragging = false;
  #holding: ReturnType<typeof setTimeout> | undefined;
  #scrolling = 0;

  constructor(
    root: HTMLElement,
    item: HTMLElement,
    first: PointerEvent,
    mustHold: boolean,
    options: DragOrderOptions,
    ended: () => void,
  ) {
    this.#root = root;
    this.#item = item;
    this.#first = first;
    this.#last = first;
    this.#mustHold = mustHold;
    this.#options = options;
    this.#ended = ended;
    if (mustHold) this.#holding = setTimeout(() => this.#begin(), holdMs);
    window.addEventListener('pointermove', this.#moved);
    window.addEventListener('pointerup', this.#released);
    window.addEventListener('pointercancel', this.#released);
    root.addEventListener('touchmove', this.#noScroll, { passive: false });
  }

  finish(isDone: boolean): void {
    clearTimeout(this.#holding);
    cancelAnimationFrame(this.#scrolling);
    window.removeEventListener('pointermove', this.#moved);
    window.removeEventListener('pointerup', this.#released);
    window.removeEventListener('pointercancel', this.#released);
    this.#root.removeEventListener('touchmove', this.#noScroll);
    this.#line.remove();
    this.#item.removeAttribute('data-dragging');
    for (const name of ['position', 'z-index', 'pointer-events', 'transform']) this.#item.style.removeProperty(name);
    if (this.#isDragging) {
      // The click that follows a drag is not a click.
      window.addEventListener('click', noClick, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', noClick, true));
    }
    this.#ended();
    if (!isDone || !this.#isDragging || !this.#move) return;
    if (this.#isAllowed(this.#move)) this.#options.onmove(this.#move);
    else this.#options.onrefused?.(this.#move);
  }

  #isAllowed(move: DragMove): boolean {
    return this.#options.isAllowed?.(move) ?? true;
  }

  #begin(): void {
    this.#isDragging = true;
    this.#item.setPointerCapture(this.#first.pointerId);
    this.#item.toggleAttribute('data-dragging', true);
    Object.assign(this.#item.style, { position: 'relative', zIndex: '5', pointerEvents: 'none' });
    Object.assign(this.#line.style, {
      position: 'fixed',
      height: '2px',
      borderRadius: '1px',
      zIndex: '6',
      pointerEvents: 'none',
    });
    document.body.append(this.#line);
    this.#scrolling = requestAnimationFrame(this.#scrollAtEdge);
    this.#place();
  }

  #place(): void {
    const { clientX, clientY } = this.#last;
    const [byX, byY] = [clientX - this.#first.clientX, clientY - this.#first.clientY];
    this.#item.style.transform = `translate(${byX}px, ${byY}px)`;
    const found = placeAt(this.#root, this.#item.dataset['dragId'] ?? '', clientX, clientY);
    this.#move = found?.move ?? null;
    this.#line.style.display = found ? 'block' : 'none';
    if (!found) return;
    this.#line.style.background = this.#isAllowed(found.move) ? 'var(--accent)' : 'var(--bad)';
    this.#line.style.left = `${found.left}px`;
    this.#line.style.width = `${found.width}px`;
    this.#line.style.top = `${found.top - 1}px`;
  }

  readonly #scrollAtEdge = (): void => {
    const box = scrollerOf(this.#item);
    const { top, bottom } = box.getBoundingClientRect();
    const y = this.#last.clientY;
    const by = y < top + edge ? -8 : y > bottom - edge ? 8 : 0;
    const before = box.scrollTop;
    if (by !== 0) box.scrollTop += by;
    if (box.scrollTop !== before) this.#place();
    this.#scrolling = requestAnimationFrame(this.#scrollAtEdge);
  };

  readonly #moved = (event: PointerEvent): void => {
    if (event.pointerId !== this.#first.pointerId) return;
    this.#last = event;
    const distance = Math.hypot(event.clientX - this.#first.clientX, event.clientY - this.#first.clientY);
    if (!this.#isDragging && this.#mustHold && distance > startDistance * 2) this.finish(false);
    else if (!this.#isDragging && !this.#mustHold && distance > startDistance) this.#begin();
    if (this.#isDragging) this.#place();
  };

  readonly #released = (event: PointerEvent): void => {
    if (event.pointerId === this.#first.pointerId) this.finish(event.type === 'pointerup');
  };

  readonly #noScroll = (event: TouchEvent): void => {
    if (this.#isDragging) event.preventDefault();
  };
}

const noClick = (event: MouseEvent): void => {
  event.stopPropagation();
  event.preventDefault();
};

/** The list under the pointer (or the nearest beside it) and the gap between its things. */
function placeAt(root: HTMLElement, id: string, x: number, y: number) {
  const inside = [...root.querySelectorAll<HTMLElement>('[data-drag-list]')];
  const lists = root.matches('[data-drag-list]') ? [root, ...inside] : inside;
  const list = lists.reduce<{ element: HTMLElement; away: number } | null>((best, element) => {
    const box = element.getBoundingClientRect();
    const away = Math.max(box.left - x, 0, x - box.right) * 4 + Math.max(box.top - y, 0, y - box.bottom);
    return best === null || away < best.away ? { element, away } : best;
  }, null)?.element;
  if (!list) return null;
  const box = list.getBoundingClientRect();
  const others = [...list.querySelectorAll<HTMLElement>('[data-drag-id]')].filter(
    (each) => each.dataset['dragId'] !== id,
  );
  const next = others.find((each) => {
    const own = each.getBoundingClientRect();
    return y < own.top + own.height / 2;
  });
  const before = next ?? others.at(-1);
  const edgeBox = before?.getBoundingClientRect();
  const top = edgeBox ? (next ? edgeBox.top : edgeBox.bottom) : box.top + 4;
  const { dragList = '', dragNext = null } = list.dataset;
  const move: DragMove = { id, list: dragList, beforeId: next?.dataset['dragId'] ?? dragNext };
  return { move, left: box.left, width: box.width, top };
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return document.documentElement;
}
