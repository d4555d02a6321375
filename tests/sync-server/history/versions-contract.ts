/** What versions promise on every storage; `room` must be one this process may write. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, readCampaign, removeCard } from '#core/campaigns/campaign.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { pushLine } from '#core/campaigns/suggestions.doc.ts';
import type { Version } from '#core/workspace/history/version.ts';
import { Versions, docFrom } from '#sync-server/history/versions.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export const versionRooms = ['w/campaign/c1', 'w/show/c1'] as const;

export const describeVersions = (open: () => Promise<Storage>): void => {
  let storage: Storage;
  let versions: Versions;
  let doc: Y.Doc;
  beforeEach(async () => {
    storage = await open();
    versions = new Versions({ storage, most: { automatic: 3, named: 2 } });
    doc = new Y.Doc();
  });
  afterEach(() => storage.close());

  const write = async (room: string, change: (doc: Y.Doc) => void): Promise<number> => {
    const before = Y.encodeStateVector(doc);
    change(doc);
    return storage.log.append(room, Y.encodeStateAsUpdate(doc, before));
  };
  const version = (id: string, kind: Version['kind'], atMs: number, name = ''): Version => ({
    id,
    kind,
    name,
    atMs,
    member: null,
  });
  const [plan, show] = versionRooms;
  const idsOf = async (room: string): Promise<string[]> => (await versions.list(room)).map(({ id }) => id);

  test('[VER1] a version stays what it was, also across snapshots, and up to a place in the log', async () => {
    expect(await versions.keep(plan, version('v0', 'named', 0, 'too early'))).toMatchObject({
      error: { kind: 'nothing-yet' },
    });
    const first = await write(plan, (own) => addCard(own, { id: 'a', title: 'Poster' }));
    const second = await write(plan, (own) => addCard(own, { id: 'b', title: 'Samples' }));
    await versions.keep(plan, version('both', 'named', 1, 'Both'));
    await write(plan, (own) => removeCard(own, 'a'));
    await storage.log.writeSnapshot(plan, { sequence: second, bytes: Y.encodeStateAsUpdate(docFrom(null)) });
    const whole = docFrom(null);
    for (const { bytes } of (await storage.log.read(plan, 1)).updates) Y.applyUpdate(whole, bytes);
    await storage.log.writeSnapshot(plan, { sequence: second + 1, bytes: Y.encodeStateAsUpdate(whole) });
    const cards = async (id: string) =>
      readCampaign(docFrom(await versions.read(plan, id))).cards.map((card) => card.id);
    expect(await cards('both')).toEqual(['a', 'b']);
    await versions.keep(plan, version('now', 'day', 2));
    expect(await cards('now')).toEqual(['b']);
    expect(first).toBe(1);
    // An id is taken once, and nothing is read for it again.
    const { read } = storage.log;
    storage.log.read = () => Promise.reject(new Error('not to be read'));
    expect((await versions.keep(plan, version('both', 'day', 9))).ok).toBe(true);
    storage.log.read = read;
    expect((await versions.list(plan)).map(({ id, atMs }) => [id, atMs])).toEqual([
      ['now', 2],
      ['both', 1],
    ]);
    expect(await idsOf(show)).toEqual([]);
    expect(await versions.read(show, 'both')).toBeNull();
  });

  test('[VER3] old automatic versions go, named ones stay until they are too many or removed', async () => {
    await write(plan, (own) => addCard(own, { id: 'a', title: 'Poster' }));
    await versions.keep(plan, version('mine', 'named', 0, 'Mine'));
    for (let at = 1; at < 6; at += 1) await versions.keep(plan, version(`d${at}`, 'day', at));
    expect(await idsOf(plan)).toEqual(['d5', 'd4', 'd3', 'mine']);
    expect(await versions.read(plan, 'd2')).toBeNull();
    await versions.keep(plan, version('second', 'named', 7, 'Second'));
    const third = version('third', 'named', 8, 'Third');
    expect(await versions.keep(plan, third)).toMatchObject({ error: { kind: 'too-many-versions' } });
    await versions.remove(plan, 'mine');
    expect((await versions.keep(plan, third)).ok).toBe(true);
  });

  test('[VER9] numbers and ids go from every version; where a name still stands is told', async () => {
    await write(plan, (own) => addCard(own, { id: 'a', title: 'Call 13800138000', note: '小王子 asked' }));
    await versions.keep(plan, version('v', 'named', 1, 'for 13800138000'));
    const kept = doc;
    doc = new Y.Doc();
    await write(show, (own) => {
      addRunOfShowItem(own, { id: 'i', kind: 'talk', title: 'Hello' });
      pushLine(own, { id: 'p', text: 'Q', sourceFact: '', from: '小王子', askers: 1, atMs: 1 });
    });
    await versions.keep(show, version('v', 'on-air', 1));
    await versions.forget('w', ['13800138000'], ['小王子']);
    expect(await versions.find('w', ['小王子'])).toEqual([
      {
        path: 'campaign/c1',
        version: version('v', 'named', 1, 'for …'),
        place: 'cards/a/note',
        excerpt: '小王子 asked',
      },
    ]);
    const cleaned = docFrom(await versions.read(plan, 'v'));
    expect(readCampaign(cleaned).cards[0]).toMatchObject({ title: 'Call …', note: '小王子 asked' });
    expect(readCampaign(kept).cards[0]?.title).toContain('138');
    expect(readShow(docFrom(await versions.read(show, 'v')))).toMatchObject({ items: [{ id: 'i' }], pushed: [] });
    expect(JSON.stringify(await storage.records.readAll())).not.toContain('13800138000');
    await versions.remove(plan, 'v');
    expect(await versions.find('w', ['小王子'])).toEqual([]);
    const called = version('n', 'named', 2, '给小王子的');
    await versions.keep(show, called);
    expect(await versions.find('w', ['小王子'])).toContainEqual({
      path: 'show/c1',
      version: called,
      place: 'name',
      excerpt: '给小王子的',
    });
    await versions.remove(show, 'n');
    expect(await versions.find('w', ['小王子'])).toEqual([]);
  });

  test('[VER10] versions go with their workspace and with nobody else', async () => {
    await write(plan, (own) => addCard(own, { id: 'a', title: 'Poster' }));
    await versions.keep(plan, version('v', 'named', 1, 'V'));
    await storage.records.removeWorkspace('other');
    expect(await idsOf(plan)).toEqual(['v']);
    await storage.records.removeWorkspace('w');
    expect([await idsOf(plan), await versions.read(plan, 'v')]).toEqual([[], null]);
  });
};
