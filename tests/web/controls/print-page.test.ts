import { createRawSnippet } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import PageHeader from '#web/controls/PageHeader.svelte';
import PrintPage from '#web/controls/PrintPage.svelte';
import VirtualList from '#web/controls/VirtualList.svelte';

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

test('of a list of a hundred thousand as much is printed as is seen', async () => {
  const room = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => room.remove());
  room.className = 'room';
  const sheet = document.head.appendChild(document.createElement('style'));
  onTestFinished(() => sheet.remove());
  sheet.textContent = `.room { display: flex; flex-direction: column; height: 500px } .whole { flex: 1 }
    @media print { .room { height: auto } }`;
  const row = createRawSnippet(() => ({ render: () => '<div role="gridcell">林姐</div>' }));
  await render(VirtualList, {
    target: room,
    props: { count: 100_000, rowHeight: 40, label: '顾客', row, class: 'whole' },
  });
  const list = room.querySelector('[role=grid]');
  await expect.poll(() => list?.getAttribute('style')).toContain('500px');
  await onPaper();
  expect(list?.clientHeight).toBe(500);
});
