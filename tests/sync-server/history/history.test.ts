import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, cardText, changeCard, readCampaign, removeCard } from '#core/campaigns/campaign.doc.ts';
import { endBroadcast, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem, changeRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { type HistoryRig, openHistoryRig } from './history-rig.ts';

let rig: HistoryRig;
beforeEach(async () => {
  rig = await openHistoryRig();
});
afterEach(() => rig.close());

const plan = 'campaign/c1';
const show = 'show/c1';
const card = (id: string, act?: string) => ({ collection: 'cards', id, ...(act ? { act } : {}) });
const history = async (person: Parameters<HistoryRig['ask']>[0], path = plan) =>
  (await rig.ask(person, 'GET', `rooms/${path}/history`)).json;
const opened = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
};
const stateOf = async (person: Parameters<HistoryRig['ask']>[0], id: string, path = plan): Promise<Y.Doc> =>
  opened((await rig.ask(person, 'GET', `rooms/${path}/versions/${id}`)).bytes);
const name = async (person: Parameters<HistoryRig['ask']>[0], called: string, paths = [plan]) =>
  (await rig.ask(person, 'POST', 'versions', { name: called, paths })).json;

test('[VER1, VER4] a named version is the document as it was; who changed what is told in stretches', async () => {
  const wang = await rig.person('operator');
  const li = await rig.person('assistant');
  const first = await rig.open(wang, plan);
  first.edit((doc) => addCard(doc, { id: 'a', title: 'Poster' }));
  await first.roundTrip();
  const second = await rig.open(li, plan);
  rig.clock.ms += 60_000;
  second.edit((doc) => addCard(doc, { id: 'b', title: 'Samples' }));
  second.edit((doc) => cardText(doc, 'a', 'title')?.insert(6, 's'));
  await second.roundTrip();
  const version = await name(li, '  Ready for Friday ');
  expect(version).toMatchObject({ kind: 'named', name: 'Ready for Friday', member: { id: li.id } });
  const before = readCampaign(second.doc);
  rig.clock.ms += 1000;
  first.edit((doc) => removeCard(doc, 'b'));
  await first.roundTrip();
  expect(readCampaign(await stateOf(wang, version.id))).toEqual(before);

  const told = await history(wang);
  expect(told.versions).toEqual([version]);
  const atMs = rig.clock.ms - 61_000;
  expect(told.changes).toEqual([
    {
      kind: 'edit',
      member: { id: wang.id, name: 'The operator' },
      atMs,
      untilMs: rig.clock.ms,
      objects: [card('a', 'added'), card('b', 'removed')],
    },
    {
      kind: 'edit',
      member: { id: li.id, name: 'The assistant' },
      atMs: atMs + 60_000,
      untilMs: atMs + 60_000,
      objects: [card('b', 'added'), card('a', 'changed')],
    },
  ]);
  rig.clock.ms += 600_000;
  first.edit((doc) => changeCard(doc, 'a', { owner: 'Li' }));
  await first.roundTrip();
  expect((await history(wang)).changes).toHaveLength(3);
});

test('[VER4] the server writing by itself is nobody, and a device that comes back with everything changes nothing', async () => {
  const wang = await rig.person('operator');
  await rig.rooms.change(`${rig.workspace}/${plan}`, 'test', (doc) => void addCard(doc, { id: 'a', title: 'Poster' }));
  const client = await rig.open(wang, plan);
  client.sendSync(1, Y.encodeStateAsUpdate(client.doc));
  await client.roundTrip();
  expect((await history(wang)).changes).toEqual([]);
});

test('[VER2] the state before the first change of a day, and as a broadcast began and ended', async () => {
  const wang = await rig.person('operator');
  const client = await rig.open(wang, plan);
  client.edit((doc) => addCard(doc, { id: 'a', title: 'Poster' }));
  await client.roundTrip();
  expect((await history(wang)).versions).toEqual([]);
  rig.clock.ms += 86_400_000;
  client.edit((doc) => removeCard(doc, 'a'));
  client.edit((doc) => addCard(doc, { id: 'b', title: 'Next day' }));
  await client.roundTrip();
  const [day, ...others] = (await history(wang)).versions;
  expect([day.kind, day.member, others]).toEqual(['day', null, []]);
  expect(readCampaign(await stateOf(wang, day.id)).cards.map(({ id }) => id)).toEqual(['a']);

  const onShow = await rig.open(wang, show);
  onShow.edit((doc) => addRunOfShowItem(doc, { id: 'i', kind: 'talk', title: 'Hello' }));
  onShow.edit((doc) => startBroadcast(doc, rig.clock.ms));
  await onShow.roundTrip();
  await history(wang, show);
  onShow.edit((doc) => changeRunOfShowItem(doc, 'i', { minutes: 9 }));
  onShow.edit((doc) => endBroadcast(doc, rig.clock.ms + 5));
  await onShow.roundTrip();
  rig.clock.ms += 1000;
  const told = await history(wang, show);
  expect(told.versions.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['off-air', 'on-air']);
  const of = (kind: string) => told.versions.find((version: { kind: string }) => version.kind === kind).id;
  const minutes = async (kind: string) => readShow(await stateOf(wang, of(kind), show)).items[0]?.minutes;
  expect([await minutes('on-air'), await minutes('off-air')]).toEqual([5, 9]);
  expect((await history(wang)).versions.map(({ kind }: { kind: string }) => kind)).toContain('on-air');
});

test('[VER7, VER8] restoring keeps what others wrote elsewhere, is told, and can be taken back', async () => {
  const wang = await rig.person('operator');
  const li = await rig.person('assistant');
  const [first, second] = [await rig.open(wang, plan), await rig.open(li, plan)];
  first.edit((doc) => {
    addCard(doc, { id: 'a', title: 'Poster' });
    addCard(doc, { id: 'b', title: 'Samples' });
  });
  const onShow = await rig.open(wang, show);
  onShow.edit((doc) => addRunOfShowItem(doc, { id: 'i', kind: 'talk', title: 'Hello', script: 'as written' }));
  await Promise.all([first.roundTrip(), onShow.roundTrip(), second.roundTrip()]);
  const version = await name(wang, 'Before the mess', [plan, show]);
  rig.clock.ms += 1000;
  second.edit((doc) => {
    removeCard(doc, 'a');
    changeCard(doc, 'b', { owner: 'Li' });
  });
  onShow.edit((doc) => changeRunOfShowItem(doc, 'i', { minutes: 30 }));
  await Promise.all([second.roundTrip(), onShow.roundTrip()]);
  const told = await history(wang);
  expect(told.changes[0].objects).toContainEqual(card('a', 'removed'));
  expect(told.labels).toEqual({ 'cards/a': { title: 'Poster', productId: '' } });

  rig.clock.ms += 1000;
  const objects = [
    { path: plan, ...card('a') },
    { path: show, collection: 'items', id: 'i' },
  ];
  const restored = await rig.ask(wang, 'POST', 'restores', { version: version.id, objects });
  expect(restored.status).toBe(200);
  expect(restored.json.objects.map(({ path, act }: { path: string; act: string }) => [path, act])).toEqual([
    [plan, 'added'],
    [show, 'changed'],
  ]);
  await Promise.all([second.roundTrip(), onShow.roundTrip()]);
  expect(readCampaign(second.doc).cards.map(({ title, owner }) => [title, owner])).toEqual([
    ['Poster', ''],
    ['Samples', 'Li'],
  ]);
  expect(readShow(onShow.doc).items[0]).toMatchObject({ minutes: 5, script: 'as written' });
  const { before } = restored.json;
  const after = await history(li);
  expect(after.changes[0]).toMatchObject({ kind: 'restore', version: version.id, before, member: { id: wang.id } });
  expect(after.versions[0]).toMatchObject({ id: before, kind: 'before-restore' });

  const undone = await rig.ask(wang, 'POST', 'restores', { version: before, objects });
  expect(undone.status).toBe(200);
  await Promise.all([second.roundTrip(), onShow.roundTrip()]);
  expect(readCampaign(second.doc).cards.map(({ id }) => id)).toEqual(['b']);
  expect(readShow(onShow.doc).items[0]?.minutes).toBe(30);
});

test('[VER6] reading is for who may read, naming and restoring for who may write, removing for owner and operator', async () => {
  const operator = await rig.person('operator');
  const client = await rig.open(operator, plan);
  const onShow = await rig.open(operator, show);
  client.edit((doc) => addCard(doc, { id: 'a', title: 'Poster' }));
  onShow.edit((doc) => addRunOfShowItem(doc, { id: 'i', kind: 'talk', title: 'Hello' }));
  await Promise.all([client.roundTrip(), onShow.roundTrip()]);
  const version = await name(operator, 'One', [plan, show]);
  const restore = { version: version.id, objects: [{ path: plan, ...card('a') }] };
  const onPlan = { name: 'mine', paths: [plan] };
  const statuses: Record<string, readonly number[]> = {};
  for (const role of ['operator', 'assistant', 'host', 'stockkeeper', 'observer'] as const) {
    const person = await rig.person(role);
    const asked = [
      await rig.ask(person, 'GET', `rooms/${plan}/history`),
      await rig.ask(person, 'GET', 'rooms/segments/history'),
      await rig.ask(person, 'GET', `rooms/${plan}/versions/${version.id}`),
      await rig.ask(person, 'POST', 'versions', onPlan),
      await rig.ask(person, 'POST', 'versions', { name: 'x', paths: [show] }),
      await rig.ask(person, 'POST', 'restores', restore),
      await rig.ask(person, 'DELETE', `rooms/${plan}/versions/nothing`),
    ];
    statuses[role] = asked.map(({ status }) => status);
  }
  expect(statuses).toEqual({
    operator: [200, 200, 200, 200, 200, 200, 200],
    assistant: [200, 200, 200, 200, 200, 200, 403],
    host: [200, 403, 200, 403, 200, 403, 403],
    stockkeeper: [200, 403, 200, 403, 403, 403, 403],
    observer: [200, 200, 200, 403, 403, 403, 403],
  });
  const mixed = { version: version.id, objects: [{ path: show, collection: 'items', id: 'i' }, ...restore.objects] };
  expect((await rig.ask(await rig.person('host'), 'POST', 'restores', mixed)).status).toBe(403);
  for (const path of ['facts/orders/2026-01', 'broadcast/c1', 'nowhere', '../other'])
    expect((await rig.ask(operator, 'GET', `rooms/${path}/history`)).status).toBe(404);
  expect((await rig.ask(null, 'GET', `rooms/${plan}/history`)).status).toBe(401);
  expect((await rig.ask(operator, 'GET', `rooms/${plan}/versions/unknown`)).status).toBe(404);
  expect((await rig.ask(operator, 'POST', 'restores', { ...restore, version: 'unknown' })).status).toBe(404);
  expect((await rig.ask(operator, 'POST', 'versions', { name: ' ', paths: [plan] })).status).toBe(400);
  expect((await rig.ask(operator, 'POST', 'versions', { name: 'x', paths: ['catalogue'] })).status).toBe(422);
  await rig.ask(operator, 'DELETE', `rooms/${plan}/versions/${version.id}`);
  expect((await rig.ask(operator, 'GET', `rooms/${plan}/versions/${version.id}`)).status).toBe(404);
});
