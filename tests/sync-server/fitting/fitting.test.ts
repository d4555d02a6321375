import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { OrderLine } from '#core/datasets/fact.ts';
import { addImport, setImportWithdrawn } from '#core/datasets/imports.doc.ts';
import { addManifestRecords, countManifestChanges, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { proposeParameters, readParameterRecords, refuseParameters } from '#core/insight/profile/parameters.doc.ts';
import { msFromDay } from '#core/units/business-day.ts';
import type { ImportId } from '#core/units/ids.ts';
import { createFitter, type Fitter, type FitterDeps } from '#sync-server/fitting/create-fitter.ts';
import { fitAside } from '#sync-server/fitting/fit-aside.ts';
import { isArriving } from '#sync-server/fitting/is-arriving.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anOrderLine } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig } from '../http-rig.ts';
import { openRig } from '../rig.ts';

const platform = createNodePlatform(new Uint8Array(32));
const today = 20_779;
/** Waits of three seconds pass in fifteen milliseconds; the clock itself stands. */
const speed = 200;
let rig: HttpRig;
let fitter: Fitter;
let workspace: string;
let isOnAir: boolean;
let reports: string[];

const openFitter = (deps: Partial<FitterDeps> = {}): void => {
  fitter = createFitter({
    ...rig,
    wantsFits: true,
    speed,
    nowMs: () => rig.clock.ms,
    listWorkspaces: rig.access.listWorkspaces,
    isOnAir: async () => isOnAir,
    report: (kind, detail) => reports.push(`${kind} ${detail}`),
    ...deps,
  });
};

beforeEach(async () => {
  rig = await openHttpRig();
  rig.clock.ms = msFromDay(today) + 1;
  ({ workspace } = await rig.claim());
  isOnAir = false;
  reports = [];
});
afterEach(async () => {
  await fitter.close();
  await rig.close();
});

const linesOf = (people: number, from = 0): OrderLine[] =>
  Array.from({ length: people * 6 }, (_, at) => {
    const who = from + (at % people);
    const nth = Math.floor(at / people);
    return anOrderLine({
      customer: aCustomerId(who + 1),
      order: `o-${who}-${nth}`,
      atMs: msFromDay(today - 200 + nth * (10 + (who % 9)) + (who % 7)),
      paidFen: 1000 + who * 10,
    });
  });

/** As a device hands them in: the record in the manifest, its bytes beside, the change counted. */
const bring = async (
  lines: readonly OrderLine[],
  storesBytes = true,
  at = workspace,
  { storage, rooms }: Pick<HttpRig, 'storage' | 'rooms'> = rig,
  importId: ImportId | '' = '',
): Promise<ManifestRecord> => {
  const path = 'facts/orders/2026-05';
  const packed = packFacts('order-line', lines);
  const { record, stored } = await createManifestRecord(platform, { packed, importId, importMs: 1 });
  if (storesBytes) await storage.blobs.write(at, record.hash, stored);
  await rooms.change(`${at}/${path}`, 'test', (doc) => addManifestRecords(doc, [{ ...record, inline: null }]));
  await rooms.change(`${at}/facts-index`, 'test', (doc) => countManifestChanges(doc, [path]));
  return record;
};
const readRecords = () => rig.rooms.read(`${workspace}/settings`, readParameterRecords);
const lookedAt = async () => (await rig.storage.records.read('fits', `${workspace}/looked`))?.value;
const waitForRecords = (count: number) =>
  vi.waitFor(async () => expect((await readRecords()).records).toHaveLength(count), 20_000);

test('[FIT1] [FIT8] what the server learns is what a device would learn, by the name of the server', async () => {
  openFitter();
  const lines = linesOf(60);
  await bring(lines);
  await waitForRecords(1);
  const [record] = (await readRecords()).records;
  const ledger = createLedger();
  ledger.takeChunk({ id: 'a' as never, importId: '', importMs: 1 }, packFacts('order-line', lines));
  const { rfm: _chosen, ...own } = fitParameters(ledger, today - 1);
  expect(record).toMatchObject({
    madeBy: 'server',
    madeMs: rig.clock.ms,
    fittedDay: today - 1,
    lines: 360,
    customers: 60,
    refused: null,
  });
  expect(record?.parameters).toEqual(JSON.parse(JSON.stringify(own)));
  await vi.waitFor(() => expect(fitter.counters).toMatchObject({ fitted: 1, failed: 0 }));
  expect(fitter.counters.seconds).toBeGreaterThan(0);
  expect(reports).toEqual([expect.stringMatching(/^parameters-fitted .*: 360 lines of 60 customers, [\d.]+ s$/)]);

  // A device that fits the same facts on the same day adds nothing.
  const proposal = { parameters: own, lines: 360, customers: 60, madeMs: rig.clock.ms + 9, madeBy: 'm' };
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) => proposeParameters(doc, proposal));
  expect((await readRecords()).records).toEqual([record]);
});

test('[FIT1] a connected device hears of it, and of what was refused', async () => {
  const server = await openRig();
  openFitter({ ...server, nowMs: () => rig.clock.ms, listWorkspaces: server.access.listWorkspaces });
  const { cookie, member } = await server.signIn('operator');
  const device = await server.connect(`${server.workspace}/settings`, cookie);
  await bring(linesOf(40), true, server.workspace, server);
  await vi.waitFor(() => expect(readParameterRecords(device.doc).current?.madeBy).toBe('server'), 20_000);
  const { id } = readParameterRecords(device.doc).current!;
  device.edit((doc) => refuseParameters(doc, id, { member: member.id, atMs: 1 }));
  const kept = () => server.rooms.read(`${server.workspace}/settings`, readParameterRecords);
  await vi.waitFor(async () => expect((await kept()).current).toBeNull());
  await fitter.close();
  expect((await kept()).records).toHaveLength(1);
  await server.close();
});

test('[FIT2] [FIT5] a few lines more build no ledger, many more do; what was refused stays refused', async () => {
  openFitter();
  await bring(linesOf(40));
  await waitForRecords(1);
  const [record] = (await readRecords()).records;
  await vi.waitFor(async () => expect(await lookedAt()).toMatchObject({ lines: 240 }));
  const { seconds } = fitter.counters;
  const refusal = { member: 'm', atMs: 1 };
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) => refuseParameters(doc, record!.id, refusal));
  await bring(linesOf(1, 40));
  const before = await lookedAt();
  await vi.waitFor(async () => expect(await lookedAt()).not.toEqual(before));
  expect(await lookedAt()).toMatchObject({ lines: 240 });
  expect(fitter.counters.seconds).toBe(seconds);
  expect(await readRecords()).toMatchObject({ current: null, records: [{ id: record!.id, refused: refusal }] });

  rig.clock.ms += 1000;
  await bring(linesOf(20, 60));
  await waitForRecords(2);
  const later = await readRecords();
  expect(later.current).toMatchObject({ lines: 366, refused: null });
  expect(later.records[1]).toMatchObject({ id: record!.id, refused: refusal });
});

test('[FIT3] on air nothing is fitted, a fit under way ends, and it is taken up afterwards', async () => {
  let looks = 0;
  // The look itself finds nobody on air; the one that watches over the fit does.
  openFitter({ isOnAir: async () => ++looks >= 2 && looks < 5, speed: 2000 });
  await bring(linesOf(40));
  await waitForRecords(1);
  expect(looks).toBeGreaterThanOrEqual(5);
  expect(fitter.counters).toMatchObject({ fitted: 1, failed: 0 });
});

test('[FIT3] a fit that is to end before its thread began starts none', async () => {
  openFitter();
  const order = { day: today - 1, newest: null, products: [], withdrawnIds: new Set<string>(), records: [] };
  const reason = new Error('on air');
  await expect(fitAside(order as never, async () => null, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('[FIT4] neither rooms of no workspace nor what another process serves', async () => {
  const placed: string[] = [];
  openFitter({
    rooms: {
      ...rig.rooms,
      place: async ({ workspace: of }) => {
        placed.push(of);
        return { isOwn: false, address: '' };
      },
    },
  });
  await bring(linesOf(5), true, 'test-rooms');
  await bring(linesOf(5));
  await vi.waitFor(() => expect(placed).toContain(workspace));
  expect([placed.includes('test-rooms'), await lookedAt(), (await readRecords()).records]).toEqual([
    false,
    undefined,
    [],
  ]);
});

test('[FIT6] [FIT7] a chunk that is not there ends the fit, is said, and later facts are fitted', async () => {
  openFitter();
  const missing = await bring(linesOf(30), false);
  await vi.waitFor(() => expect(fitter.counters.failed).toBe(1), 20_000);
  expect(reports).toEqual([expect.stringContaining('is not there')]);
  expect((await readRecords()).records).toEqual([]);
  await rig.rooms.change(`${workspace}/facts/orders/2026-05`, 'test', (doc) =>
    replaceManifestRecords(doc, new Map([[missing.id, null]]), 'test'),
  );
  await bring(linesOf(40));
  await waitForRecords(1);
});

test('[FIT7] a chunk that cannot be read ends the fit as well', async () => {
  const packed = packFacts('order-line', linesOf(60));
  const { record } = await createManifestRecord(platform, { packed, importId: '', importMs: 1 });
  const cut = packed.slice(0, -9);
  const records = [{ ...record, inline: await platform.deflate(cut), bytes: cut.length }];
  const none = new Set<string>();
  const order = {
    day: (today - 1) as never,
    newest: null,
    products: [],
    withdrawnIds: none,
    excludedIds: none,
    records,
  };
  await expect(fitAside(order, async () => null, new AbortController().signal)).rejects.toThrow('cannot be read');
});

test('[FIT9] left to the devices, nothing is looked at, whatever comes', async () => {
  openFitter({ wantsFits: false });
  await fitter.open([workspace]);
  await bring(linesOf(60));
  await new Promise((resolve) => setTimeout(resolve, (20 * 3000) / speed));
  expect(await lookedAt()).toBeUndefined();
  expect((await readRecords()).records).toEqual([]);
});

const anImport = (id: string, chunks: number) => ({
  id: id as ImportId,
  fileName: 'orders.csv',
  fileHash: id,
  source: 'generic',
  mapping: {},
  atMs: rig.clock.ms,
  member: 'm',
  lines: 1,
  rejected: 0,
  chunks,
});
const recordImport = (id: string, chunks: number) =>
  rig.rooms.change(`${workspace}/settings`, 'test', (doc) => addImport(doc, anImport(id, chunks)));

test('[FIT10] half of an import teaches nothing: the fit waits for all of its chunks', async () => {
  openFitter();
  await recordImport('i-1', 2);
  await bring(linesOf(40), true, workspace, rig, 'i-1' as ImportId);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect((await readRecords()).records).toEqual([]);
  await bring(linesOf(40, 40), true, workspace, rig, 'i-1' as ImportId);
  await waitForRecords(1);
  expect((await readRecords()).records[0]).toMatchObject({ customers: 80 });
});

test('[FIT10] what never comes is waited for half an hour, what came before its record until it is named', () => {
  const named = { id: 'i-1' as ImportId, atMs: 1_000, chunks: 2, withdrawn: false };
  const chunk = { importId: 'i-1' as ImportId, importMs: 1_000 };
  expect(isArriving([named], [chunk], 60_000)).toBe(true);
  expect(isArriving([named], [chunk, chunk], 60_000)).toBe(false);
  expect(isArriving([{ ...named, withdrawn: true }], [chunk], 60_000)).toBe(false);
  expect(isArriving([named], [chunk], 1_801_000)).toBe(false);
  expect(isArriving([], [chunk], 60_000)).toBe(true);
  expect(isArriving([], [{ ...chunk, importId: '' }], 60_000)).toBe(false);
});

test('[FIT2] an import taken back and another of its size are looked at anew', async () => {
  openFitter();
  await recordImport('i-1', 1);
  await bring(linesOf(30), true, workspace, rig, 'i-1' as ImportId);
  await waitForRecords(1);
  rig.clock.ms += 1000;
  await recordImport('i-2', 1);
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) =>
    setImportWithdrawn(doc, { importId: 'i-1', withdrawn: true, atMs: 2, member: 'm' }),
  );
  await bring(linesOf(30, 500), true, workspace, rig, 'i-2' as ImportId);
  await waitForRecords(2);
});
