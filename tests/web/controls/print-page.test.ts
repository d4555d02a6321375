import { createRawSnippet } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import PageHeader from '#web/controls/PageHeader.svelte';
import PrintPage from '#web/controls/PrintPage.svelte';

interface Media {
  send(name: 'Emulation.setEmulatedMedia', params: { readonly media: string }): Promise<void>;
}
const onPaper = async (): Promise<void> => {
  const media = cdp() as unknown as Media;
  await media.send('Emulation.setEmulatedMedia', { media: 'print' });
  onTestFinished(() => media.send('Emulation.setEmulatedMedia', { media: '' }));
};
const isDrawn = (name: string): boolean => document.querySelector(name)?.checkVisibility() === true;
const rows = (text: string) => createRawSnippet(() => ({ render: () => `<tr><td>${text}</td></tr>` }));

test('on paper any theme is light, and what only serves the screen is away', async () => {
  document.documentElement.dataset['theme'] = 'dark';
  onTestFinished(() => void delete document.documentElement.dataset['theme']);
  const actions = createRawSnippet(() => ({ render: () => '<button>导出</button>' }));
  await render(PageHeader, { title: '顾客', actions });
  const ink = (): string => getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  const dark = ink();
  expect(isDrawn('.page-header button')).toBe(true);
  await onPaper();
  expect(ink()).not.toBe(dark);
  expect(getComputedStyle(document.documentElement).colorScheme).toBe('light');
  expect(isDrawn('h1')).toBe(true);
  expect(isDrawn('.page-header button')).toBe(false);
});

test('a page made for paper is all that is printed, and unseen before', async () => {
  await render(PageHeader, { title: '顾客' });
  await render(PrintPage, { title: '名单', note: '3条', head: rows('谁'), body: rows('林姐') });
  expect([isDrawn('h1'), isDrawn('.print-page')]).toEqual([true, false]);
  await onPaper();
  expect([isDrawn('h1'), isDrawn('.print-page')]).toEqual([false, true]);
});
