import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { readCampaign } from '#core/campaigns/campaign.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { readLibrary } from '#core/content/library.doc.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { readSegments } from '#core/segments/segments.doc.ts';
import { msFromDay } from '#core/units/business-day.ts';
import { parseRoomName } from '#core/workspace/rooms.ts';
import { writeDemo } from '#sync-server/commands/write-demo.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import type { WorkspaceRecord } from '#sync-server/access/access.ts';

const asOfDay = 20_779;

const aServer = () => {
  const docs = new Map<string, Y.Doc>();
  const blobs = new Map<string, Uint8Array>();
  const workspaces: WorkspaceRecord[] = [];
  return {
    docs,
    blobs,
    workspaces,
    deps: {
      rooms: {
        change: async <Answer>(room: string, _origin: string, write: (doc: Y.Doc) => Answer): Promise<Answer> => {
          if (!parseRoomName(room).ok) throw new Error(`not a room: ${room}`);
          const doc = docs.get(room) ?? new Y.Doc();
          docs.set(room, doc);
          return doc.transact(() => write(doc));
        },
      },
      blobs: {
        write: async (_workspace: string, hash: string, bytes: Uint8Array) => {
          blobs.set(hash, bytes);
          return true;
        },
      },
      access: {
        listWorkspaces: async () => workspaces,
        createWorkspace: async (given: {
          id?: string;
          brand: string;
          isDemo: boolean;
          counts?: WorkspaceRecord['counts'];
        }) => {
          const record = { ...given, id: given.id ?? 'x', createdMs: 0, identitySecret: '' } as WorkspaceRecord;
          workspaces.push(record);
          return { ok: true as const, value: record };
        },
      },
      nowMs: () => msFromDay(asOfDay) + 14 * 3_600_000,
    },
  };
};

describe('writeDemo', () => {
  it('[DEMO2] writes a whole brand once, quickly, readable by everyone else’s code', async () => {
    const server = aServer();
    const startedMs = performance.now();
    const workspace = await writeDemo(server.deps, { customers: 2000 });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(workspace).toMatchObject({ isDemo: true, brand: '北坡食集', counts: { customers: 2133 } });
    expect(await writeDemo(server.deps)).toBe(workspace);
    expect(server.workspaces).toHaveLength(1);

    const doc = (path: string): Y.Doc => server.docs.get(`${workspace.id}/${path}`)!;
    expect(readCatalogue(doc('catalogue'))).toMatchObject({ skipped: 0 });
    expect(readCatalogue(doc('catalogue')).products.length).toBeGreaterThan(39);
    expect(readLibrary(doc('library')).clips.length).toBeGreaterThan(5);
    expect(readSegments(doc('segments')).segments).toHaveLength(3);
    const { campaigns, skipped } = readCampaignList(doc('settings'));
    expect(skipped).toBe(0);
    const tonight = campaigns.find(({ startMs, phase }) => phase === 'before' && startMs < msFromDay(asOfDay + 1))!;
    expect(readShow(doc(`show/${tonight.id}`)).items).toHaveLength(12);
    expect(readCampaign(doc(`campaign/${tonight.id}`)).cards.length).toBeGreaterThan(5);
    const yesterday = campaigns.find(({ startMs }) => startMs === msFromDay(asOfDay - 1) + 20 * 3_600_000)!;
    expect(readShow(doc(`show/${yesterday.id}`)).onAir.endedMs).toBeLessThan(msFromDay(asOfDay));
  }, 60_000);

  it('[DEMO2] every chunk its manifests name is there and can be read', async () => {
    const server = aServer();
    await writeDemo(server.deps, { customers: 300 });
    const platform = createNodePlatform(new Uint8Array(32));
    const ledger = createLedger();
    for (const [room, doc] of server.docs) {
      if (!room.includes('/facts/')) continue;
      for (const record of readManifest(doc).records) {
        const stored = record.inline ?? server.blobs.get(record.hash)!;
        const taken = ledger.takeChunk(record, await platform.inflate(stored, record.bytes));
        expect(taken).toMatchObject({ ok: true, value: { lines: record.lines } });
      }
    }
    expect(ledger.customerCount).toBeGreaterThanOrEqual(300);
    expect(ledger.decisionsOfCampaign(ledger.campaigns[0]!).length).toBeGreaterThan(0);
  }, 60_000);
});
