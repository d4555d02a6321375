import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import HeaderHarness from './HeaderHarness.svelte';
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

test('on a phone nothing moves when the badge says something longer, and the title keeps its line', async () => {
  await page.viewport(390, 844);
  const { container, rerender } = await render(HeaderHarness, { says: '已存' });
  const heights = () =>
    ['.page-header', 'h1'].map((name) => container.querySelector(name)?.getBoundingClientRect().height);
  const [header = 0, title = 0] = heights();
  expect(header).toBeLessThan(140);
  expect(title).toBeLessThan(40);
  await rerender({ says: '12处改动等待上传到服务器' });
  expect(heights()).toEqual([header, title]);
});

test('the comma of a Chinese sentence is as wide in English as in Chinese', () => {
  const sentence = document.body.appendChild(
    Object.assign(document.createElement('span'), { textContent: '，，，，' }),
  );
  onTestFinished(() => {
    sentence.remove();
    document.documentElement.removeAttribute('lang');
  });
  const [chinese, english] = ['zh-CN', 'en'].map((lang) => {
    document.documentElement.lang = lang;
    return sentence.getBoundingClientRect().width;
  });
  expect(english).toBe(chinese);
});
