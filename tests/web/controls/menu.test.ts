import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Menu from '#web/controls/Menu.svelte';

test('a menu may hold two entries of one name, each does its own', async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const anchor = document.body.appendChild(document.createElement('button'));
  const props = {
    open: true,
    anchor,
    label: 'Brands',
    items: [
      { label: 'My shop', note: 'This device only', run: first },
      { label: 'My shop', run: second },
    ],
  };
  render(Menu, { props });
  await page.getByRole('menuitem').nth(1).click();
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  anchor.remove();
});
