import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderLine } from '#core/datasets/fact.ts';
import { aDeviceWorkspace, aFilePlan, chunksOf, openOnDevice } from '#tests/web/device-workspace.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { type OpenedEngine, openEngine } from '#web/engine/open-engine.svelte.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

let workspace: OpenedWorkspace;
let engine: OpenedEngine;

beforeEach(async () => {
  ({ workspace, engine } = await aDeviceWorkspace());
});
afterEach(async () => {
  await engine.close();
  await workspace.wipe();
});

async function reopen(): Promise<void> {
  await engine.close();
  await workspace.close();
  workspace = await openOnDevice(workspace.id);
  engine = openEngine(workspace);
}

test('an empty workspace answers, and a role without facts never starts an engine', async () => {
  const { body } = await engine.client.ask('facts.overview', null);
  expect(body).toMatchObject({ customers: 0, orderLines: 0, waiting: 0, unreadable: 0 });
  expect(engine.client.state).toEqual({ phase: 'ready', behind: 0, months: 0 });
  const off = openEngine({ ...workspace, accessTo: () => 'none' } as OpenedWorkspace);
  expect(off.client.state).toEqual({ phase: 'off' });
  await expect(off.client.ask('facts.overview', null)).rejects.toMatchObject({ kind: 'engine-off' });
});

test('unknown questions are refused with a kind', async () => {
  await expect(engine.client.ask('facts.nothing' as never, null as never)).rejects.toMatchObject({
    kind: 'unknown-question',
  });
});

const twoOrders = [
  anOrderLine({ order: 'a' }),
  anOrderLine({ order: 'b', customer: aCustomerId(2), atMs: atDay(-40) }),
];

async function importLines(lines: readonly OrderLine[]): Promise<string> {
  const { importId } = (await engine.client.ask('intake.start', aFilePlan)).body;
  await engine.client.ask('intake.append', { importId, chunks: chunksOf(lines) });
  expect((await overview()).orderLines).toBe(0);
  await engine.client.ask('intake.finish', { importId, lines: lines.length, rejected: 0 });
  return importId;
}

const overview = async () => (await engine.client.ask('facts.overview', null)).body;

test('an import counts all at once when it is finished, and is still there after a restart', async () => {
  await importLines(twoOrders);
  expect(await overview()).toMatchObject({ customers: 2, orderLines: 2 });
  await vi.waitFor(async () => expect(await overview()).toMatchObject({ waiting: 0 }));
  await reopen();
  expect(await overview()).toMatchObject({ customers: 2, orderLines: 2, missing: 0, unreadable: 0, waiting: 0 });
});

test('an import is withdrawn and redone; both outlive a restart', async () => {
  const id = await importLines(twoOrders);
  await engine.client.ask('facts.withdraw-import', { id });
  await vi.waitFor(async () => expect(await overview()).toMatchObject({ orderLines: 0 }));
  await reopen();
  expect(await overview()).toMatchObject({ orderLines: 0 });
  expect((await engine.client.ask('facts.imports', null)).body).toMatchObject([
    { id, fileName: 'orders.csv', lines: 2, withdrawn: true },
  ]);
  await engine.client.ask('facts.redo-import', { id });
  await vi.waitFor(async () => expect(await overview()).toMatchObject({ orderLines: 2 }));
});

test('an import that is cancelled, or whose tab went away, leaves nothing', async () => {
  const { importId } = (await engine.client.ask('intake.start', aFilePlan)).body;
  await engine.client.ask('intake.append', { importId, chunks: chunksOf(twoOrders) });
  await engine.client.ask('intake.cancel', { importId });
  expect(await overview()).toMatchObject({ orderLines: 0 });
  const again = (await engine.client.ask('intake.start', aFilePlan)).body;
  await engine.client.ask('intake.append', { importId: again.importId, chunks: chunksOf(twoOrders) });
  await reopen();
  expect(await overview()).toMatchObject({ orderLines: 0, waiting: 0 });
  expect((await engine.client.ask('facts.imports', null)).body).toEqual([]);
});

test('two tabs share one ledger, and both hear of a change', async () => {
  const other = openEngine(workspace);
  await other.client.ask('facts.overview', null);
  const version = other.client.version;
  await importLines(twoOrders);
  await vi.waitFor(() => expect(other.client.version).toBeGreaterThan(version));
  expect((await other.client.ask('facts.overview', null)).body).toMatchObject({ orderLines: 2 });
  await other.close();
  expect(await overview()).toMatchObject({ orderLines: 2 });
});
