/** For tests in a browser: a brand that lives on this device alone, open with its engine, and facts to bring into it. */
import { ChunkCutter, type PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { createDeviceWorkspace } from '#web/device/create-device-workspace.ts';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { type OpenedEngine, openEngine } from '#web/engine/open-engine.svelte.ts';
import { type OpenedWorkspace, openWorkspace } from '#web/workspace/open-workspace.ts';

export interface OnDevice {
  readonly workspace: OpenedWorkspace;
  readonly engine: OpenedEngine;
}

const database = openDeviceDatabase();

export const openOnDevice = async (id: string): Promise<OpenedWorkspace> => {
  const opened = await openWorkspace(id, {
    database,
    origin: location.origin,
    ended: () => undefined,
    reopen: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
};

export const aDeviceWorkspace = async (): Promise<OnDevice> => {
  const { id } = await createDeviceWorkspace(database, { brand: 'Test kitchen', memberName: 'Lin' });
  const workspace = await openOnDevice(id);
  return { workspace, engine: openEngine(workspace) };
};

export const aFilePlan = { fileName: 'orders.csv', fileHash: 'f', source: 'generic', mapping: { order: 'Order' } };

export const chunksOf = (facts: readonly Fact[]): readonly PlannedChunk[] => {
  const cutter = new ChunkCutter();
  return [...cutter.add(facts), ...cutter.finish()];
};

/** As one file that was read to its end; answers the import. */
export const bringFacts = async ({ client }: OpenedEngine, facts: readonly Fact[]): Promise<string> => {
  const { importId } = (await client.ask('intake.start', aFilePlan)).body;
  await client.ask('intake.append', { importId, chunks: chunksOf(facts) });
  await client.ask('intake.finish', { importId, lines: facts.length, rejected: 0 });
  return importId;
};
