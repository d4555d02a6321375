import { afterEach, expect, test, vi } from 'vitest';
import { type DragMove, dragOrder } from '#web/controls/drag-order.ts';

let close = (): void => undefined;
afterEach(() => {
  close();
  document.body.replaceChildren();
});

const aBoard = (isAllowed?: (move: DragMove) => boolean) => {
  const root = document.createElement('div');
  root.style.cssText = 'position:fixed;top:0;left:0;display:flex;gap:20px';
  for (const list of ['left', 'right']) {
    const column = document.createElement('ul');
    column.dataset['dragList'] = list;
    column.style.cssText = 'width:100px;margin:0;padding:0;list-style:none';
    for (const name of list === 'left' ? ['a', 'b', 'c'] : ['d']) {
      const item = document.createElement('li');
      item.dataset['dragId'] = name;
      item.style.height = '40px';
      const grip = document.createElement('button');
      grip.dataset['dragGrip'] = '';
      grip.id = `grip-${name}`;
      item.append(grip);
      column.append(item);
    }
    root.append(column);
  }
  document.body.append(root);
  const moves: DragMove[] = [];
  const refused: DragMove[] = [];
  const onrefused = (move: DragMove): void => void refused.push(move);
  close = dragOrder({ onmove: (move) => moves.push(move), onrefused, ...(isAllowed && { isAllowed }) })(root);
  return { root, moves, refused };
};

const point = (type: string, target: EventTarget, x: number, y: number, kind = 'mouse'): void => {
  target.dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      cancelable: true,
      clientX: x,
      clientY: y,
      pointerId: 1,
      pointerType: kind,
    }),
  );
};

const drag = (name: string, x: number, y: number): void => {
  const grip = document.getElementById(`grip-${name}`)!;
  // Synthetic pointers cannot be captured.
  grip.closest<HTMLElement>('li')!.setPointerCapture = () => undefined;
  const { top, left } = grip.getBoundingClientRect();
  point('pointerdown', grip, left + 2, top + 2);
  point('pointermove', window, left + 2, top + 12);
  point('pointermove', window, x, y);
};

test('a thing is dropped before the one whose upper half it is on, or last', () => {
  const { moves } = aBoard();
  drag('c', 50, 10);
  point('pointerup', window, 50, 10);
  drag('a', 50, 119);
  point('pointerup', window, 50, 119);
  expect(moves).toEqual([
    { id: 'c', list: 'left', beforeId: 'a' },
    { id: 'a', list: 'left', beforeId: null },
  ]);
});

test('it goes to the list under the pointer', () => {
  const { moves } = aBoard();
  drag('b', 150, 5);
  point('pointerup', window, 150, 5);
  expect(moves).toEqual([{ id: 'b', list: 'right', beforeId: 'd' }]);
});

test('a place that is not allowed is not taken, and said; Escape gives up; a short press is no drag', () => {
  const { moves, refused } = aBoard(({ beforeId }) => beforeId !== 'a');
  drag('c', 50, 5);
  point('pointerup', window, 50, 5);
  drag('c', 50, 45);
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  point('pointerup', window, 50, 45);
  const grip = document.getElementById('grip-a')!;
  point('pointerdown', grip, 2, 2);
  point('pointermove', window, 3, 3);
  point('pointerup', window, 3, 3);
  expect(moves).toEqual([]);
  expect(refused).toEqual([{ id: 'c', list: 'left', beforeId: 'a' }]);
  expect(document.querySelector('.drag-line, [data-dragging]')).toBeNull();
});

test('a finger that moves at once scrolls; one that rests first drags', () => {
  vi.useFakeTimers();
  const { root, moves } = aBoard();
  for (const grip of root.querySelectorAll<HTMLElement>('[data-drag-grip]')) grip.dataset['dragGrip'] = 'hold';
  const grip = document.getElementById('grip-a')!;
  const item = grip.closest<HTMLElement>('li')!;
  item.setPointerCapture = () => undefined;
  point('pointerdown', grip, 2, 2, 'touch');
  point('pointermove', window, 2, 30, 'touch');
  point('pointerup', window, 2, 110, 'touch');
  expect(moves).toEqual([]);
  point('pointerdown', grip, 2, 2, 'touch');
  vi.advanceTimersByTime(400);
  point('pointermove', window, 50, 110, 'touch');
  point('pointerup', window, 50, 110, 'touch');
  expect(moves).toEqual([{ id: 'a', list: 'left', beforeId: null }]);
  vi.useRealTimers();
});
