import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import PageHeader from '#web/controls/PageHeader.svelte';

test('a long note keeps inside the header, also where the page below it is long', async () => {
  await page.viewport(1440, 900);
  const main = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => main.remove());
  Object.assign(main.style, { display: 'flex', flexDirection: 'column', height: '600px', overflow: 'auto' });
  const below = Object.assign(document.createElement('div'), { style: 'min-height: 3000px' });
  await render(PageHeader, { target: main, props: { title: '黄金72小时', note: '一个很长的直播名字'.repeat(40) } });
  main.append(below);
  const [header, note] = ['.page-header', '.note'].map((name) => main.querySelector(name)?.getBoundingClientRect());
  expect(note?.bottom).toBeLessThanOrEqual(header?.bottom ?? 0);
  expect(note?.right).toBeLessThanOrEqual(header?.right ?? 0);
});
