import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Button from '#web/controls/Button.svelte';

const children = createRawSnippet(() => ({ render: () => '<span>Go</span>' }));

for (const [variant, times] of [
  ['filled', 1],
  ['outlined', 2],
] as const)
  test(`a double click on a ${variant} button acts ${times === 1 ? 'once' : 'twice'}`, async () => {
    const onclick = vi.fn();
    render(Button, { variant, onclick, children });
    await userEvent.dblClick(page.getByRole('button', { name: 'Go' }));
    expect(onclick).toHaveBeenCalledTimes(times);
  });
