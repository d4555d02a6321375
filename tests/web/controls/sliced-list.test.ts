import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import SlicedListHarness from './SlicedListHarness.svelte';

const drawn = (): string[] => [...document.querySelectorAll('[data-drag-id]')].map((each) => each.textContent ?? '');
const box = (): HTMLElement => document.querySelector<HTMLElement>('.box') as HTMLElement;
const press = (type: string, target: Element, clientX: number, clientY: number): void => {
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, pointerId: 1, pointerType: 'mouse', button: 0, clientX, clientY }),
  );
};

test('of five thousand things those near the view are drawn, and taken away again', async () => {
  render(SlicedListHarness, { count: 5000 });
  expect(drawn()[0]).toBe('t0');
  await expect.poll(() => drawn().length).toBeLessThan(200);
  const whole = box().scrollHeight;
  expect(whole).toBeGreaterThan(4900 * 30);
  box().scrollTop = whole;
  await expect.poll(() => drawn().at(-1)).toBe('t4999');
  await expect.poll(() => drawn().includes('t0')).toBe(false);
  expect(drawn().length).toBeLessThan(200);
});

test('what was moved out of sight is drawn where it is', async () => {
  render(SlicedListHarness, { count: 1000, keep: 't800' });
  await expect.poll(() => drawn()).toContain('t800');
  expect(drawn()).not.toContain('t500');
});

test('what shrinks to one slice is drawn, wherever one looked', async () => {
  const { rerender } = await render(SlicedListHarness, { count: 200 });
  box().scrollTop = box().scrollHeight;
  await expect.poll(() => drawn().includes('t0')).toBe(false);
  await rerender({ count: 30 });
  expect(drawn()).toHaveLength(30);
});

test('an empty list says so', () => {
  render(SlicedListHarness, { count: 0 });
  expect(box().textContent?.trim()).toBe('nothing');
});

test('a drop behind the last thing of a slice goes before the first of the next', async () => {
  HTMLElement.prototype.setPointerCapture = () => undefined;
  const onmove = vi.fn();
  render(SlicedListHarness, { count: 100, onmove });
  const [first, second] = box().querySelectorAll('ul');
  box().scrollTop = 1200;
  await expect.poll(() => second?.querySelector('[data-drag-id]')).not.toBeNull();
  const last = first?.querySelector('[data-drag-id="t39"]');
  const from = second?.querySelector('[data-drag-id="t45"]')?.getBoundingClientRect();
  const to = last?.getBoundingClientRect();
  if (!from || !to) throw new Error('not drawn');
  const item = second?.querySelector('[data-drag-id="t45"]') as Element;
  press('pointerdown', item, from.left + 5, from.top + 5);
  press('pointermove', item, from.left + 5, from.top - 20);
  press('pointermove', item, to.left + 5, to.bottom - 2);
  press('pointerup', item, to.left + 5, to.bottom - 2);
  expect(onmove).toHaveBeenCalledWith({ id: 't45', list: 'things', beforeId: 't40' });
});
