import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanCell } from '#core/intake/clean-cell.ts';
import { exportTimeOfName } from '#core/intake/export-time.ts';
import { inspectTable } from '#core/intake/inspect-table.ts';
import { headerSignature, normaliseHeader } from '#core/intake/normalise-header.ts';
import { sniffDelimiter } from '#core/intake/sniff-delimiter.ts';
import { sniffEncoding } from '#core/intake/sniff-encoding.ts';
import { createRowSplitter, longestRow } from '#core/intake/split-rows.ts';
import { rowsOf } from './intake-of.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** "订单号,商品\n1,牛奶" in GB18030. */
const gb18030 = Uint8Array.from([
  0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x2c, 0xc9, 0xcc, 0xc6, 0xb7, 0x0a, 0x31, 0x2c, 0xc5, 0xa3, 0xc4, 0xcc,
]);
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]));

it('[IMP1] the four encodings are told apart', () => {
  const encodingOf = (bytes: Uint8Array) => {
    const sniffed = sniffEncoding(bytes);
    return sniffed.ok ? [sniffed.value.encoding, sniffed.value.markBytes] : sniffed.error;
  };
  expect(encodingOf(utf8('订单号,商品\n1,牛奶'))).toEqual(['utf-8', 0]);
  expect(encodingOf(utf8('\ufeff订单号'))).toEqual(['utf-8', 3]);
  expect(encodingOf(gb18030)).toEqual(['gb18030', 0]);
  expect(encodingOf(utf16('\ufefforder,sku'))).toEqual(['utf-16le', 2]);
  expect(encodingOf(utf16('order,sku\n1,milk\n'))).toEqual(['utf-16le', 0]);
  expect(new TextDecoder('gb18030').decode(gb18030)).toBe('订单号,商品\n1,牛奶');
  const text = utf8('订单号,商品,付款时间');
  for (let length = 1; length <= text.length; length++)
    expect(encodingOf(text.subarray(0, length)), `${length}`).toEqual(['utf-8', 0]);
});

it('[IMP2] packed and binary files, and web pages, are named for what they are', () => {
  const refusal = (...bytes: number[]) => {
    const sniffed = sniffEncoding(Uint8Array.from([...bytes, ...utf8('orders.csv')]));
    return sniffed.ok ? null : sniffed.error;
  };
  expect(refusal(0x1f, 0x8b, 8)).toEqual({ kind: 'packed', packing: 'gzip' });
  expect(refusal(0x50, 0x4b, 3, 4)).toEqual({ kind: 'packed', packing: 'xlsx' });
  expect(refusal(0xd0, 0xcf, 0x11, 0xe0)).toEqual({ kind: 'binary-file', looksLike: 'xls' });
  expect(refusal(0x25, 0x50, 0x44, 0x46)).toEqual({ kind: 'binary-file', looksLike: 'pdf' });
  expect(refusal(0x89, 0x50, 0x4e, 0x47)).toEqual({ kind: 'binary-file', looksLike: 'image' });
  expect(refusal(1, 2, 3, 0, 255)).toEqual({ kind: 'binary-file', looksLike: 'unknown' });
  expect(sniffEncoding(new Uint8Array(4096))).toEqual({
    ok: false,
    error: { kind: 'binary-file', looksLike: 'unknown' },
  });
  expect(sniffEncoding(new Uint8Array(0))).toEqual({ ok: false, error: { kind: 'empty-file' } });
  for (const page of ['<html><table>', '\ufeff <!DOCTYPE html>', '\r\n<TABLE border=1>', '<?xml version="1.0"?>'])
    expect(sniffEncoding(utf8(page)), page).toMatchObject({ error: { kind: 'binary-file', looksLike: 'web-page' } });
  expect(sniffEncoding(utf8('<订单>,b\n1,2')).ok).toBe(true);
});

it('[IMP3] quotes, and any way of cutting the text', () => {
  const text = 'a,"b, ""c""\r\nd",e\r\n1,2,3\n,"",\n"x",y,';
  const expected = [
    ['a', 'b, "c"\r\nd', 'e'],
    ['1', '2', '3'],
    ['', '', ''],
    ['x', 'y', ''],
  ];
  expect(rowsOf(text).map(({ cells }) => cells)).toEqual(expected);
  const cell = fc.stringMatching(/^[a-z",\n ]{0,6}$/);
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(60), { maxLength: 5 }),
      (rows, cuts) => {
        const written = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
        const read: string[][] = [];
        const splitter = createRowSplitter(',', (cells, count) => void read.push(cells.slice(0, count)));
        let at = 0;
        for (const length of cuts) {
          splitter.push(written.slice(at, at + length));
          at = Math.min(written.length, at + length);
        }
        splitter.push(written.slice(at));
        splitter.end();
        expect(read).toEqual(rows);
      },
    ),
    { seed: 20261122, numRuns: 300 },
  );
});

it('[IMP4] a quote that is never closed costs its own line', () => {
  const filler = Array.from({ length: 20_000 }, (_, at) => `${at},plain,row`);
  const rows: string[][] = [];
  const splitter = createRowSplitter(',', (cells, count) => void rows.push(cells.slice(0, count)));
  const text = ['a,b,c', '1,"open,3', ...filler].join('\n');
  for (let at = 0; at < text.length; at += 5000) splitter.push(text.slice(at, at + 5000));
  splitter.end();
  expect(rows).toHaveLength(filler.length + 2);
  expect(rows[1]).toEqual(['1', '"open', '3']);
});

it('[IMP30] a row longer than any table’s is noticed before it fills the memory', () => {
  const splitter = createRowSplitter(',', () => undefined);
  let pushed = 0;
  while (!splitter.isStuck) {
    splitter.push('\u0000'.repeat(65_536));
    pushed += 65_536;
  }
  expect(pushed).toBeLessThanOrEqual(longestRow * 8 + 65_536);
});

it('[IMP5] ids stay text, marks and nothings go', () => {
  expect(['\t9001', "'8801", '="00123"', ' 7 ', '007'].map(cleanCell)).toEqual(['9001', '8801', '00123', '7', '007']);
  expect(['-', '无', '--', 'null', 'N/A', ' ', ''].map(cleanCell)).toEqual(['', '', '', '', '', '', '']);
  expect(['无糖酸奶', 'none left', '-9.00', '2026-01-01'].map(cleanCell)).toEqual([
    '无糖酸奶',
    'none left',
    '-9.00',
    '2026-01-01',
  ]);
});

it('[IMP6] names are compared without width, case, spaces and marks', () => {
  expect(normaliseHeader('商品编码（平台）')).toBe(normaliseHeader('商品编码(平台)'));
  expect(normaliseHeader(' Order_ID ')).toBe(normaliseHeader('orderid'));
  expect(headerSignature(['订单号', '商品编码（平台）'])).toBe(headerSignature(['订单号 ', '商品编码(平台)']));
  expect(headerSignature(['a', 'b'])).not.toBe(headerSignature(['b', 'a']));
});

it('[IMP7] titles, explanations and missing headers', () => {
  const header = ['订单号', '下单时间', '商品名称', '数量', '实付款'];
  const data = ['1', '2026-01-01 10:00', '牛奶', '1', '9.90'];
  expect(inspectTable([header, data])).toEqual({ header, isMended: false, firstRow: 1 });
  expect(inspectTable([['我的店订单导出'], header, data])).toEqual({ header, isMended: false, firstRow: 2 });
  expect(inspectTable([header, [' ', ' ', ' ', '', '收入+支出'], data])).toEqual({
    header,
    isMended: false,
    firstRow: 2,
  });
  expect(
    inspectTable([
      ['1', '2026-01-01', 'A', '9.90'],
      ['2', '2026-01-02', 'B', '8.80'],
    ]),
  ).toEqual({ header: ['1', '2', '3', '4'], isMended: false, firstRow: 0 });
});

it('[IMP3] the delimiter is the one that cuts the rows alike', () => {
  expect(sniffDelimiter('a,b,c\n1,"2;3;4;5",6')).toBe(',');
  expect(sniffDelimiter('a\tb\n1,5\t2')).toBe('\t');
  expect(sniffDelimiter('a;b;c\n1,0;2;3\n1,0;2;3')).toBe(';');
  expect(sniffDelimiter('just one column\nrow')).toBe(',');
});

it('[IMP28] a file’s export time comes from its name', () => {
  expect(exportTimeOfName('orders_20261122153000.csv')).toBe(Date.parse('2026-11-22T15:30:00+08:00'));
  expect(exportTimeOfName('订单 2026-11-01至2026-11-20.xlsx')).toBe(Date.parse('2026-11-21T00:00:00+08:00') - 1);
  expect(exportTimeOfName('orders.csv')).toBeNaN();
});
