import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import BarChart from '#web/charts/BarChart.svelte';
import LineChart from '#web/charts/LineChart.svelte';
import { barConfiguration } from '#web/charts/bar-configuration.ts';
import { shownLabels } from '#web/charts/chart-options.ts';
import { lineConfiguration } from '#web/charts/line-configuration.ts';
import type { ChartProps } from '#web/charts/chart-series.ts';
import { readChartTokens, seriesColour } from '#web/charts/read-chart-tokens.ts';
import { csvText } from '#web/device/csv-text.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { language } from '#web/words/phrases.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../screens/InWorkspace.svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';

const labels = ['周一', '周二', '周三', '周四', '周五'];
const props = {
  title: '每周卖出',
  unit: '件',
  labelHead: '周',
  labels,
  series: [
    { name: '鲜牛奶', values: [12, 9, null, 20, 14] },
    { name: '燕麦', values: [3, 5, 8, 8, 1204] },
  ],
  format: String,
};
const look = { ...props, band: null };
const workspace = { brand: '北坡食集', nowMs: () => Date.parse('2026-11-23T04:00:00Z') } as unknown as Workspace;
const draw = (screen: typeof LineChart | typeof BarChart, told: ChartProps & { readonly isLying?: boolean }) =>
  render(InWorkspace, { workspace, engine: {} as EngineClient<InsightRequests>, screen, told });
/** What was handed to the browser to save, until it is given back. */
const catchFiles = () => {
  const files: { name: string; blob: Blob }[] = [];
  const blobs = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    files.push({ name: '', blob: blob as Blob });
    return 'blob:x';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.at(-1)!.name = this.download;
  });
  const giveBack = (): void => {
    blobs.mockRestore();
    click.mockRestore();
  };
  return { files, giveBack };
};
const tokensOf = (theme: string) => {
  document.documentElement.dataset.theme = theme;
  return readChartTokens(document.documentElement);
};

/** The colours of what is painted, as a set of pixels. */
const painted = (canvas: HTMLCanvasElement): string => {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at]! + 2 * data[at + 1]! + data[at + 3]!) % 1e9;
  return `${canvas.width}/${sum}`;
};
const canvasOf = async (): Promise<HTMLCanvasElement> => {
  await expect.element(page.getByRole('img')).toBeVisible();
  return document.querySelector('canvas')!;
};

test('[CHT1] a chart says itself in words, and gives every figure as a table', async () => {
  language.choose('zh-CN');
  await draw(LineChart, props);
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName('每周卖出：从周一 12件到周五 14件，最低3件，最高1204件。打开表格看每个数。');
  await expect.element(page.getByRole('button', { name: '存CSV' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: '表格' }).click();
  const table = page.getByRole('table');
  await expect.element(table.getByRole('columnheader', { name: '燕麦（件）' })).toBeVisible();
  await expect.element(table.getByRole('rowheader', { name: '周三' })).toBeVisible();
  expect(document.querySelectorAll('tbody tr')[2]?.textContent.replaceAll(/\s+/g, '')).toBe('周三没有数8');
});

test('[CHT1] the table leaves as CSV', async () => {
  const { files, giveBack } = catchFiles();
  await draw(BarChart, props);
  await page.getByRole('button', { name: '表格' }).click();
  await page.getByRole('button', { name: '存CSV' }).click();
  giveBack();
  expect(files.map(({ name }) => name)).toEqual(['每周卖出.csv']);
  const bytes = new Uint8Array(await files[0]!.blob.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect((await files[0]!.blob.text()).split('\r\n').slice(0, 4)).toEqual([
    expect.stringContaining('周,鲜牛奶（件）,燕麦（件）'),
    '周一,12,3',
    '周二,9,5',
    '周三,,8',
  ]);
});

test('[CHT2] the drawing leaves as a PNG of twice its size on white, with words above and below, in every theme', async () => {
  const pictures: string[] = [];
  await draw(LineChart, { ...props, height: 160 });
  const canvas = await canvasOf();
  await vi.waitFor(() => expect(canvas.clientHeight).toBe(160));
  for (const theme of ['light', 'dark', 'studio']) {
    document.documentElement.dataset.theme = theme;
    const { files, giveBack } = catchFiles();
    await page.getByRole('button', { name: 'PNG' }).click();
    await vi.waitFor(() => expect(files).toHaveLength(1));
    giveBack();
    expect(files[0]).toMatchObject({ name: '每周卖出.png', blob: { type: 'image/png' } });
    const image = await createImageBitmap(files[0]!.blob);
    expect([image.width, image.height]).toEqual([2 * (canvas.clientWidth + 32), 2 * (160 + 72)]);
    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    pen.drawImage(image, 0, 0);
    const isInked = (x: number, y: number, width: number, height: number): boolean =>
      pen.getImageData(2 * x, 2 * y, 2 * width, 2 * height).data.some((value) => value < 250);
    const { clientWidth } = canvas;
    // The edges are white; the title, the drawing, the brand and the date are not.
    expect([isInked(0, 0, 16, 232), isInked(0, 0, clientWidth, 8), isInked(0, 226, clientWidth, 6)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(isInked(16, 8, 120, 24)).toBe(true);
    expect(isInked(16, 40, clientWidth, 160)).toBe(true);
    expect(isInked(16, 204, 60, 24)).toBe(true);
    expect(isInked(clientWidth - 24, 204, 40, 24)).toBe(true);
    pictures.push(String(pen.getImageData(0, 0, image.width, image.height).data.reduce((a, b) => (a * 31 + b) % 1e9)));
  }
  document.documentElement.removeAttribute('data-theme');
  expect(new Set(pictures).size).toBe(1);
});

test.each([false, true])(
  '[CHT3] each bar opens its people by mouse and keyboard, and so does its figure; none opens nobody (lying: %s)',
  async (isLying) => {
    const opened: number[][] = [];
    await draw(BarChart, {
      ...props,
      isLying,
      labels: ['A', 'B'],
      series: [
        { name: '之前', values: [4, 0] },
        { name: '现在', values: [2, 900] },
      ],
      onopen: (at, series) => void opened.push([at, series]),
    });
    const canvas = await canvasOf();
    await expect.element(page.getByRole('button', { name: 'B，现在：900，打开' })).toBeVisible();
    expect(document.querySelectorAll('.place')).toHaveLength(3);
    const tall = document.querySelector('[aria-label^="B，现在"]')!;
    (tall as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const [frame, bar] = [canvas.getBoundingClientRect(), tall.getBoundingClientRect()];
    await userEvent.click(canvas, {
      position: { x: bar.x + bar.width / 2 - frame.x, y: bar.y + bar.height / 2 - frame.y },
    });
    await page.getByRole('button', { name: '表格' }).click();
    await page.getByRole('table').getByRole('button', { name: 'A，之前：4，打开' }).click();
    expect(opened).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  },
);

test('another theme is drawn anew with its own colours', async () => {
  document.documentElement.dataset.theme = 'light';
  await draw(LineChart, { ...props, height: 160 });
  const canvas = await canvasOf();
  await vi.waitFor(() => expect(canvas.clientHeight).toBe(160));
  await new Promise((resolve) => setTimeout(resolve, 400));
  const light = painted(canvas);
  document.documentElement.dataset.theme = 'dark';
  await vi.waitFor(() => expect(painted(canvas)).not.toBe(light));
  document.documentElement.dataset.theme = 'light';
  await vi.waitFor(() => expect(painted(canvas)).toBe(light));
});

test('[CHT4] series differ by more than colour; scales begin at zero; still when asked', () => {
  const tokens = tokensOf('light');
  const lines = lineConfiguration(tokens, look, false);
  const [first, second] = lines.data.datasets as unknown as { borderDash: number[]; pointStyle: string }[];
  expect(first!.borderDash).not.toEqual(second!.borderDash);
  expect(first!.pointStyle).not.toBe(second!.pointStyle);
  const bars = barConfiguration(tokens, props, true);
  expect(bars.data.datasets.map(({ backgroundColor }) => typeof backgroundColor)).toEqual(['string', 'object']);
  for (const { options } of [bars, lines]) expect(options?.scales?.['y']).toMatchObject({ beginAtZero: true });
  expect(bars.options?.animation).toBe(false);
  expect(lines.options?.animation).not.toBe(false);
});

test('labels along the axis: first, last, and evenly between', () => {
  expect(shownLabels(26, 404)).toEqual([0, 8, 17, 25]);
  expect(shownLabels(3, 900)).toEqual([0, 1, 2]);
  expect(shownLabels(1, 300)).toEqual([0]);
  expect(shownLabels(0, 300)).toEqual([]);
});

test('a chart that warns leaves out the colours near amber and red', () => {
  for (const theme of ['light', 'dark', 'studio']) {
    const tokens = tokensOf(theme);
    const used = [0, 1, 2, 3].map((at) => seriesColour(tokens, at, true));
    expect(new Set(used).size).toBe(4);
    expect(used).not.toContain(tokens.series[2]);
    expect(used).not.toContain(tokens.series[4]);
  }
  document.documentElement.removeAttribute('data-theme');
});

test('CSV text has its byte order mark, keeps numbers, defuses formulas', () => {
  expect(
    csvText([
      ['a', 'b"c', 'd,e'],
      ['=1+1', '-12', -3],
    ]),
  ).toBe('\ufeffa,"b""c","d,e"\r\n\'=1+1,-12,-3\r\n');
});
