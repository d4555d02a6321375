/** A whole import in a real browser: worker, engine, ledger and device memory, without a server. */
import { noFilter } from '#web/screens/customers/customers.svelte.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { aDeviceWorkspace } from '#tests/web/device-workspace.ts';
import type { ScanRequest, Scanned } from '#web/engine/import/messages.ts';
import { type ImportEvent, openImport } from '#web/engine/import/import-client.ts';
import { readRejectedRows } from '#web/engine/import/rejected-rows.ts';
import type { OpenedEngine } from '#web/engine/open-engine.svelte.ts';
import { openVault } from '#web/device/vault.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

let workspace: OpenedWorkspace;
let engine: OpenedEngine;

beforeEach(async () => {
  ({ workspace, engine } = await aDeviceWorkspace());
});
afterEach(async () => {
  await engine.close();
  await workspace.close();
});

const request = (more: Partial<ScanRequest> = {}): ScanRequest => ({
  mapping: null,
  isRemembered: false,
  answered: [],
  shop: '',
  nowMs: workspace.nowMs(),
  knownItems: new Set(),
  ...more,
});

type EventOf<Kind extends ImportEvent['kind']> = Extract<ImportEvent, { kind: Kind }>;

/** Looks at a file; `next` waits for an event and fails on a refusal nobody asked for. */
const look = (file: File) => {
  const events: ImportEvent[] = [];
  const client = openImport(file, engine.client, (event) => events.push(event));
  const next = async <Kind extends ImportEvent['kind']>(kind: Kind): Promise<EventOf<Kind>> => {
    await vi.waitFor(() => expect(events.map((event) => event.kind)).toContain(kind), { timeout: 15_000 });
    return events.find((event) => event.kind === kind) as EventOf<Kind>;
  };
  return { client, next };
};

async function scan(
  file: File,
): Promise<{ scanned: Scanned; client: ReturnType<typeof look>['client']; next: ReturnType<typeof look>['next'] }> {
  const { client, next } = look(file);
  await next('inspected');
  client.scan(request());
  return { scanned: (await next('scanned')).scanned, client, next };
}

async function importFile(file: File, consentBasis = '') {
  const { scanned, client, next } = await scan(file);
  client.takeIn({
    mapping: scanned.mapping,
    shop: '',
    nowMs: workspace.nowMs(),
    workspace: workspace.id,
    member: workspace.member.id,
    consentBasis,
  });
  const { taken } = await next('taken-in');
  client.stop();
  return taken;
}

const header = '订单号,收件人手机,支付时间,订单状态,商品编码,商品名称,数量,商品实付金额,商品已退款金额';
const orders = (rows: readonly string[], name = 'orders.csv'): File => new File([[header, ...rows].join('\n')], name);
const march = [
  '1,13800001111,2026-03-01 10:00,已完成,MK,牛奶,2,19.80,0',
  '1,13800001111,2026-03-01 10:00,已完成,FL,面粉,1,12.50,0',
  '2,13800002222,2026-03-02 10:00,已发货,MK,牛奶,1,9.90,0',
  '3,13800002222,2026-13-02 10:00,已发货,MK,牛奶,1,9.90,0',
];
const sold = async () =>
  (await engine.client.ask('catalogue.sales', { days: null })).body.map(({ item, netFen, orders: times }) => [
    item,
    netFen,
    times,
  ]);

test('[IMP22] a file goes in whole: facts counted, the broken row kept, phones only in the vault', async () => {
  const taken = await importFile(orders(march));
  expect(taken).toMatchObject({ lines: 3, newLines: 3, orders: 2, customers: 2, newCustomers: 2, rejected: 1 });
  expect(taken).toMatchObject({ newProducts: 2, seeds: [{ items: ['MK'] }, { items: ['FL'] }] });
  const catalogue = workspace.open('catalogue');
  await vi.waitFor(() =>
    expect(readCatalogue(catalogue.doc).products.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['牛奶', '面粉']),
    ),
  );
  catalogue.close();
  expect(await sold()).toEqual([
    ['MK', 2970, 2],
    ['FL', 1250, 1],
  ]);
  expect(await readRejectedRows(workspace, taken.importId)).toMatchObject([
    { kind: 'time-unreadable', line: 5, raw: march[3] },
  ]);
  const vault = openVault(workspace.id, workspace.member.id);
  expect((await vault.readAll()).map(({ clear }) => clear).sort()).toEqual(['+8613800001111', '+8613800002222']);
  vault.close();
});

test('[IMP22] every row with a problem can be had before anything is written, however many of a kind there are', async () => {
  const broken = Array.from({ length: 70 }, (_, at) => `${at + 9},13800001111,yesterday,已完成,MK,牛奶,1,9.90,0`);
  const { client } = await scan(orders([...march, ...broken]));
  const problems = await client.problems();
  expect(problems).toHaveLength(71);
  expect(problems.at(-1)).toMatchObject({ kind: 'time-unreadable', raw: broken.at(-1) });
  client.stop();
});

test('[IMP25] the same and an overlapping file add nothing twice, a newer export wins, undo takes it back', async () => {
  await importFile(orders(march, 'orders_20260401.csv'));
  expect(await importFile(orders(march, 'orders_20260401.csv'))).toMatchObject({ newLines: 0, newCustomers: 0 });
  const newer = [
    march[2]?.replace('9.90,0', '8.80,0') ?? '',
    '4,13800001111,2026-03-20 10:00,已完成,FL,面粉,1,12.50,0',
  ];
  const taken = await importFile(orders(newer, 'orders_20260501.csv'));
  expect(taken).toMatchObject({ lines: 2, newLines: 1, newCustomers: 0 });
  expect(await sold()).toEqual([
    ['MK', 2860, 2],
    ['FL', 2500, 2],
  ]);
  // An older export of the same order comes late and changes nothing.
  await importFile(orders(march, 'orders_20260402.csv'));
  expect(await sold()).toEqual([
    ['MK', 2860, 2],
    ['FL', 2500, 2],
  ]);
  await engine.client.ask('facts.withdraw-import', { id: taken.importId });
  await vi.waitFor(async () =>
    expect(await sold()).toEqual([
      ['MK', 2970, 2],
      ['FL', 1250, 1],
    ]),
  );
  await engine.client.ask('facts.redo-import', { id: taken.importId });
  await vi.waitFor(async () =>
    expect(await sold()).toEqual([
      ['MK', 2860, 2],
      ['FL', 2500, 2],
    ]),
  );
});

test('[IMP20] a refund known later takes money back and nothing else', async () => {
  await importFile(orders(march, 'orders_20260401.csv'));
  await importFile(orders([march[2]?.replace('9.90,0', '9.90,4.90') ?? ''], 'orders_20260501.csv'));
  expect(await sold()).toEqual([
    ['MK', 2480, 2],
    ['FL', 1250, 1],
  ]);
});

test('[IMP2] a binary file named .csv, an empty one and one cut off get a clear answer', async () => {
  const png = look(new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])], 'orders.csv'));
  expect((await png.next('refused')).failure).toEqual({ kind: 'binary-file', looksLike: 'image' });
  png.client.stop();
  const empty = look(new File([], 'orders.csv'));
  expect((await empty.next('refused')).failure).toEqual({ kind: 'empty-file' });
  empty.client.stop();
  const packed = await new Response(new Blob([header]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
  const cut = look(new File([packed.slice(0, -9)], 'orders.csv.gz'));
  expect((await cut.next('refused')).failure).toEqual({ kind: 'file-changed' });
  cut.client.stop();
});

test('[IMP30] a table that turns into two gigabytes of nothing is refused early, whatever its size', async () => {
  const zeros = new Blob([new Uint8Array(16 << 20)]);
  const rows = Array.from({ length: 4000 }, (_, at) => march[0]?.replace(/^1/, `${at}`) ?? '');
  const file = new File([[header, ...rows, ''].join('\n'), ...Array.from({ length: 128 }, () => zeros)], 'orders.csv');
  expect(file.size).toBeGreaterThan(2 ** 31);
  const { client, next } = look(file);
  await next('inspected');
  client.scan(request());
  expect((await next('refused')).failure).toMatchObject({ kind: 'not-a-table', line: 4002 });
  client.stop();
});

test('[IMP1] gzip and GB18030 are read like anything else', async () => {
  const packed = await new Response(
    new Blob([[header, ...march].join('\n')]).stream().pipeThrough(new CompressionStream('gzip')),
  ).blob();
  const { scanned, client } = await scan(new File([packed], 'orders.csv.gz'));
  expect(scanned.summary).toMatchObject({ lines: 3, orders: 2 });
  client.stop();
  // "订单号,会员号,支付时间,商品,数量,小计" and a row of milk.
  const bytes =
    'b6a9b5a5bac52cbbe1d4b1bac52cd6a7b8b6cab1bce42cc9ccc6b72ccafdc1bf2cd0a1bcc60a312c372c323032362d30332d30312031303a30302cc5a3c4cc2c312c392e39300a';
  const gb = new File([Uint8Array.from(bytes.match(/../g) ?? [], (two) => parseInt(two, 16))], 'orders.csv');
  const { client: other, next } = look(gb);
  expect((await next('inspected')).inspection).toMatchObject({
    encoding: 'gb18030',
    header: ['订单号', '会员号', '支付时间', '商品', '数量', '小计'],
  });
  other.scan(request());
  expect((await next('scanned')).scanned.summary).toMatchObject({ lines: 1, netFen: 990 });
  other.stop();
});

test('[IMP25] the same file without a word about consent withdraws none that was given', async () => {
  const reach = async (): Promise<string[]> => {
    const { rows } = (
      await engine.client.ask('customers.page', { filter: noFilter, sort: 'spent', first: 0, count: 9 })
    ).body;
    const cards = await Promise.all(rows.map(({ id }) => engine.client.ask('customers.card', { id })));
    return cards.map(({ body }) => body?.reach.find(({ channel }) => channel === 'wecom-1v1')?.consent ?? '');
  };
  await importFile(orders(march), 'member terms');
  await vi.waitFor(async () => expect(await reach()).toEqual(['granted', 'granted']));
  await importFile(orders(march));
  await importFile(orders([...march, '4,13800001111,2026-03-20 10:00,已完成,FL,面粉,1,12.50,0']));
  expect(await reach()).toEqual(['granted', 'granted']);
});

test('[IMP23] customer tags become tags by hand, and go again with the import', async () => {
  const tagged = (rows: readonly string[]): File =>
    new File([[`${header},客户标签`, ...rows].join('\n')], 'orders.csv');
  const tags = async () => (await engine.client.ask('customers.overview', null)).body.tags;
  const taken = await importFile(
    tagged([`${march[0]},"烘焙爱好者,老客"`, `${march[1]},`, `${march[2]},烘焙爱好者；${'长'.repeat(25)}`]),
  );
  expect(taken).toMatchObject({ lines: 3, rejected: 0 });
  await vi.waitFor(async () =>
    expect(await tags()).toEqual(
      expect.arrayContaining([
        { name: '烘焙爱好者', count: 2 },
        { name: '老客', count: 1 },
      ]),
    ),
  );
  await engine.client.ask('facts.withdraw-import', { id: taken.importId });
  await vi.waitFor(async () => expect((await tags()).filter(({ count }) => count > 0)).toEqual([]));
});

test('stopping in the middle leaves nothing', async () => {
  const many = Array.from({ length: 60_000 }, (_, at) => `${at},13800001111,2026-03-01 10:00,已完成,MK,牛奶,1,9.90,0`);
  const { scanned, client } = await scan(orders(many));
  client.takeIn({
    mapping: scanned.mapping,
    shop: '',
    nowMs: workspace.nowMs(),
    workspace: workspace.id,
    member: workspace.member.id,
    consentBasis: '',
  });
  client.stop();
  await vi.waitFor(async () => expect((await engine.client.ask('facts.imports', null)).body).toEqual([]));
  expect(await sold()).toEqual([]);
});
