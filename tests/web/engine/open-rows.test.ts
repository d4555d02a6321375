/** Files as rows: workbooks of any size, read without a worker of the reader's own, and files that stop giving. */
import { strToU8, zipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { openRows } from '#web/engine/import/open-rows.ts';

afterEach(() => void vi.unstubAllGlobals());

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** As spreadsheet programs write them, compressed: text in the cells, or in a list that the cells point into. */
const workbook = (rows: readonly (readonly string[])[], textIn: 'cells' | 'list'): { file: File; unpacked: number } => {
  const list = new Map<string, number>();
  const cell = (text: string, place: string): string => {
    if (textIn === 'cells') return `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
    if (!list.has(text)) list.set(text, list.size);
    return `<c r="${place}" t="s"><v>${list.get(text)}</v></c>`;
  };
  const sheet = rows
    .map(
      (cells, at) =>
        `<row r="${at + 1}">${cells.map((text, column) => cell(text, `${String.fromCharCode(65 + column)}${at + 1}`)).join('')}</row>`,
    )
    .join('');
  const xml = `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`;
  const shared = [...list.keys()].map((text) => `<si><t>${text}</t></si>`).join('');
  const bytes = zipSync({
    '_rels/.rels': strToU8(
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ),
    'xl/sharedStrings.xml': strToU8(`<sst xmlns="${main}">${shared}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(xml),
  });
  return { file: new File([bytes], 'orders.xlsx'), unpacked: xml.length };
};

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
    const { file, unpacked } = workbook(orders(8000), textIn);
    expect(unpacked).toBeGreaterThan(2 * 524_288);
    const opened = await openRows(file);
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
