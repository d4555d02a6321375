/** Files as rows: workbooks of any size, read without a worker of the reader's own, and files that stop giving. */
import { unzipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { aWorkbook } from '#tests/makers/workbook.ts';
import { openRows } from '#web/engine/import/open-rows.ts';

afterEach(() => void vi.unstubAllGlobals());

const orders = (count: number): readonly (readonly string[])[] => [
  ['订单号', '收件人手机', '支付时间', '商品名称', '商品实付金额'],
  ...Array.from({ length: count }, (_, at) => [
    `3700${at}`,
    `138${String(10_000_000 + at)}`,
    '2026-03-01 10:00:00',
    `牛奶 ${at % 50}`,
    '19.80',
  ]),
];

/** As the content policy treats a worker from a `blob:` address: it is made, and never says a word. */
class SilentWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

test.each(['cells', 'list'] as const)(
  '[IMP1] a workbook of thousands of rows with its text in %s is read here',
  async (textIn) => {
    vi.stubGlobal('Worker', SilentWorker);
    const bytes = aWorkbook(orders(8000), textIn);
    expect(unzipSync(bytes)['xl/worksheets/sheet1.xml']?.length).toBeGreaterThan(2 * 524_288);
    const opened = await openRows(new File([bytes], 'orders.xlsx'));
    if (!opened.ok) throw new Error(opened.error.kind);
    expect(opened.value).toMatchObject({ encoding: 'workbook', header: orders(0)[0] });
    const rows: string[][] = [];
    await opened.value.read(
      (cells, count) => void rows.push(cells.slice(0, count)),
      () => undefined,
    );
    expect(rows).toHaveLength(8000);
    expect(rows[7999]).toEqual(orders(8000)[8000]);
  },
);

test('[IMP30] a file that gives nothing more ends with a word, at its head and in its middle', async () => {
  const standing = (bytes: Uint8Array<ArrayBuffer> | null): Blob =>
    ({
      size: 1_000_000,
      stream: () =>
        new ReadableStream({
          start: (controller) => void (bytes && controller.enqueue(bytes)),
          pull: () => new Promise(() => undefined),
        }),
    }) as unknown as Blob;
  expect(await openRows(standing(null), 200)).toEqual({ ok: false, error: { kind: 'file-stalled' } });
  const text = orders(4000)
    .map((row) => row.join(','))
    .join('\n');
  const opened = await openRows(standing(new TextEncoder().encode(text)), 200);
  if (!opened.ok) throw new Error(opened.error.kind);
  let rows = 0;
  const read = await opened.value.read(
    () => void rows++,
    () => undefined,
  );
  expect(read).toEqual({ ok: false, error: { kind: 'file-stalled' } });
  expect(rows).toBeGreaterThan(3000);
});
