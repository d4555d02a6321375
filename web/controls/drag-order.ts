/**
 * Dragging things into another order, within a list or from list to list, by mouse, pen and finger. Marks in the
 * markup: `data-drag-list="<list>"` on each list, `data-drag-id="<id>"` on each thing in it, `data-drag-grip` on what
 * one takes hold of (`data-drag-grip="hold"`: a finger must rest on it first, so that it can still scroll). Nothing
 * moves but the thing in the hand and a line where it would go: what others change meanwhile stays readable.
 * Escape gives up. The keyboard's way belongs to the screen.
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
}

const startDistance = 5;
const holdMs = 280;
const edge = 48;

export const dragOrder =
  (options: DragOrderOptions) =>
  (root: HTMLElement): (() => void) => {
    let end: ((isDone: boolean) => void) | null = null;

    const pressed = (event: PointerEvent): void => {
      const target = event.target as HTMLElement;
      const grip = target.closest<HTMLElement>('[data-drag-grip]');
      const item = target.closest<HTMLElement>('[data-drag-id]');
      const isControl = target.closest('input, select, textarea, a, button:not([data-drag-grip])');
      if (event.button !== 0 || end || !grip || !item || !root.contains(item) || isControl) return;
      const mustHold = event.pointerType !== 'mouse' && grip.dataset['dragGrip'] === 'hold';
      end = follow(root, item, event, mustHold, options, () => (end = null));
    };
    const keyed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !end) return;
      event.stopPropagation();
      end(false);
    };
    root.addEventListener('pointerdown', pressed);
    window.addEventListener('keydown', keyed, true);
    return () => {
      end?.(false);
      root.removeEventListener('pointerdown', pressed);
      window.removeEventListener('keydown', keyed, true);
    };
  };

/** From the press to the release. Answers how to end it. */
function follow(
  root: HTMLElement,
  item: HTMLElement,
  first: PointerEvent,
  mustHold: boolean,
  options: DragOrderOptions,
  ended: () => void,
): (isDone: boolean) => void {
  const id = item.dataset['dragId'] ?? '';
  const line = document.createElement('div');
  let isDragging = false;
  let move: DragMove | null = null;
  let holding = mustHold ? setTimeout(() => begin(), holdMs) : undefined;
  let last = first;
  let scrolling = 0;

  const begin = (): void => {
    holding = undefined;
    isDragging = true;
    item.setPointerCapture(first.pointerId);
    item.toggleAttribute('data-dragging', true);
    item.style.position = 'relative';
    item.style.zIndex = '5';
    item.style.pointerEvents = 'none';
    line.className = 'drag-line';
    Object.assign(line.style, {
      position: 'fixed',
      height: '2px',
      borderRadius: '1px',
      background: 'var(--accent)',
      zIndex: '6',
      pointerEvents: 'none',
    });
    document.body.append(line);
    scrolling = requestAnimationFrame(scrollAtEdge);
    place(last);
  };
  const place = (event: PointerEvent): void => {
    item.style.transform = `translate(${event.clientX - first.clientX}px, ${event.clientY - first.clientY}px)`;
    const found = placeAt(root, id, event.clientX, event.clientY);
    move = found && (options.isAllowed?.(found.move) ?? true) ? found.move : null;
    line.style.display = found ? 'block' : 'none';
    if (!found) return;
    line.style.background = move ? 'var(--accent)' : 'var(--bad)';
    line.style.left = `${found.left}px`;
    line.style.width = `${found.width}px`;
    line.style.top = `${found.top - 1}px`;
  };
  const scrollAtEdge = (): void => {
    const box = scrollerOf(item);
    const { top, bottom } = box.getBoundingClientRect();
    const by = last.clientY < top + edge ? -8 : last.clientY > bottom - edge ? 8 : 0;
    if (by !== 0) {
      const before = box.scrollTop;
      box.scrollTop += by;
      if (box.scrollTop !== before) place(last);
    }
    scrolling = requestAnimationFrame(scrollAtEdge);
  };
  const moved = (event: PointerEvent): void => {
    if (event.pointerId !== first.pointerId) return;
    last = event;
    const distance = Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY);
    if (!isDragging && mustHold && distance > startDistance * 2) finish(false);
    else if (!isDragging && !mustHold && distance > startDistance) begin();
    if (isDragging) place(event);
  };
  const released = (event: PointerEvent): void => {
    if (event.pointerId === first.pointerId) finish(event.type === 'pointerup');
  };
  const noScroll = (event: TouchEvent): void => {
    if (isDragging) event.preventDefault();
  };
  const noClick = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  const finish = (isDone: boolean): void => {
    clearTimeout(holding);
    cancelAnimationFrame(scrolling);
    window.removeEventListener('pointermove', moved);
    window.removeEventListener('pointerup', released);
    window.removeEventListener('pointercancel', released);
    root.removeEventListener('touchmove', noScroll);
    line.remove();
    item.removeAttribute('data-dragging');
    for (const name of ['position', 'z-index', 'pointer-events', 'transform']) item.style.removeProperty(name);
    if (isDragging) {
      // The click that follows a drag is not a click.
      window.addEventListener('click', noClick, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', noClick, true));
    }
    ended();
    if (isDone && isDragging && move) options.onmove(move);
  };
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', released);
  window.addEventListener('pointercancel', released);
  root.addEventListener('touchmove', noScroll, { passive: false });
  return finish;
}

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
  const move: DragMove = { id, list: list.dataset['dragList'] ?? '', beforeId: next?.dataset['dragId'] ?? null };
  return { move, left: box.left, width: box.width, top };
}

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return document.documentElement;
}
