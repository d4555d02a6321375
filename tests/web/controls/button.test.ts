import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Button from '#web/controls/Button.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>Go</span>' }));

for (const [variant, times] of [
  ['filled', 1],
  ['destructive-filled', 1],
  ['outlined', 3],
] as const)
  test(`a triple click on a ${variant} button acts ${times === 1 ? 'once' : 'each time'}`, async () => {
    const onclick = vi.fn();
    render(Button, { variant, onclick, children });
    await userEvent.tripleClick(page.getByRole('button', { name: 'Go' }));
    expect(onclick).toHaveBeenCalledTimes(times);
  });

test('a triple click where the first click makes the button the one that confirms does not confirm', async () => {
  const confirmed = vi.fn();
  const screen = await render(Button, {
    variant: 'outlined' as 'outlined' | 'destructive-filled',
    onclick: () => void screen.rerender({ variant: 'destructive-filled', onclick: confirmed }),
    children,
  });
  const button = page.getByRole('button', { name: 'Go' });
  await userEvent.tripleClick(button);
  expect(confirmed).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(confirmed).toHaveBeenCalledTimes(1);
});
