import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { addCard, readCampaign, removeCard } from '#core/campaigns/campaign.doc.ts';
import { addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import type { OrderLine } from '#core/datasets/fact.ts';
import { addManifestRecords, readErasureCount } from '#core/datasets/manifest.doc.ts';
import { createRetakes } from '#sync-server/rooms/retakes.ts';
import { RoomUnavailable } from '#sync-server/rooms/rooms.ts';
import { type EraseDeps, Eraser } from '#sync-server/vault/eraser.ts';
import { Versions } from '#sync-server/history/versions.ts';
import { createErasureList } from '#sync-server/vault/erasure-list.ts';
import { noteBackup } from '#sync-server/vault/backups.ts';
import { aCustomerId, anAlias, anIdentityLink, anOrderLine, aRefund } from '#tests/makers/facts.ts';
import { pause } from '../rig.ts';
import { type ErasureRig, gone, goneToo, manyLines, nickname, openErasureRig, phone, stays } from './erasure-rig.ts';

let rig: ErasureRig;
beforeEach(async () => {
  rig = await openErasureRig();
});
afterEach(() => rig.http.close());

const ordersOf = async (path: string): Promise<string[]> =>
  (await rig.factsOf(path)).map((fact) => (fact as OrderLine).order).sort();
const url = (rest: string): string => `/api/workspaces/${rig.workspace}/${rest}`;

test('[ERS1, ERS5] a person goes under every id, from small chunks and blobs; nothing stored names them', async () => {
  await rig.bring('facts/orders/2026-02', manyLines(goneToo, stays));
  await rig.bring('facts/orders/2026-03', [aRefund({ order: 'order-gone' }), aRefund({ order: 'order-stays' })]);
  for (let more = 0; more < 3; more += 1)
    await rig.bring('facts/orders/2026-01', [anOrderLine({ customer: stays, order: `more-${more}` })]);
  const before = await rig.everything();
  for (const text of [nickname, 'order-gone', 'bulk-gone', rig.phoneKey, 'oGONE']) expect(before).toContain(text);

  const answer = await rig.erase();
  expect(answer).toMatchObject({
    facts: { 'identity-link': 3, alias: 1, 'order-line': 751, refund: 1 },
    words: [nickname],
    unread: 0,
  });
  expect(await ordersOf('facts/orders/2026-01')).toEqual(['more-0', 'more-1', 'more-2', 'order-stays']);
  expect(await ordersOf('facts/orders/2026-03')).toEqual(['order-stays']);
  const kept = await ordersOf('facts/orders/2026-02');
  expect([kept.length, kept.every((order) => order.startsWith('bulk-stays'))]).toEqual([750, true]);
  const people = await rig.factsOf('facts/identity/2026-01');
  expect(people).toHaveLength(2);
  expect(people).toContainEqual(anIdentityLink({ keyKind: 'openid', key: 'oSTAYS', customer: stays }));
  expect(people).toContainEqual(anAlias({ customer: stays, alias: '大山' }));
  const after = await rig.everything();
  for (const text of [nickname, 'order-gone', 'bulk-gone', 'oGONE', phone]) expect(after).not.toContain(text);
  const index = await rig.http.rooms.read(`${rig.workspace}/facts-index`, readErasureCount);
  expect(index).toBe(1);
});

test('[ERS2, ERS5] a chunk that comes later is stripped before it is durable', async () => {
  await rig.erase();
  await rig.bring('facts/orders/2026-04', [
    anOrderLine({ customer: goneToo, order: 'late-gone' }),
    anOrderLine({ customer: stays, order: 'late-stays' }),
  ]);
  expect(await ordersOf('facts/orders/2026-04')).toEqual(['late-stays']);
  expect(await rig.everything()).not.toContain('late-gone');
  // The room was never retaken for it: what a first commit holds is all there is.
  const { updates } = await rig.http.storage.log.read(`${rig.workspace}/facts/orders/2026-04`);
  expect(updates).toHaveLength(1);
});

test('[ERS3] a blob that comes later is stripped, whether its name or its bytes come first', async () => {
  await rig.erase();
  await rig.bring('facts/orders/2026-05', manyLines(gone, stays));
  expect((await ordersOf('facts/orders/2026-05')).every((order) => order.startsWith('bulk-stays'))).toBe(true);

  const { record, stored } = await rig.chunk(manyLines(goneToo, stays, stays), 2);
  await rig.http.rooms.change(`${rig.workspace}/facts/orders/2026-06`, 'client', (doc) =>
    addManifestRecords(doc, [record]),
  );
  const put = await rig.http.ask(rig.owner, 'PUT', url(`rooms/facts/orders/2026-06/blobs/${record.hash}`), stored);
  expect(put.status).toBe(200);
  expect(await ordersOf('facts/orders/2026-06')).toHaveLength(1000);
  const asked = await rig.http.ask(rig.owner, 'GET', url(`rooms/facts/orders/2026-06/blobs/${record.hash}`));
  expect(asked.body.error?.kind).toBe('unknown-blob');
  expect(await rig.everything()).not.toContain('bulk-gone');
});

test('[ERS3] a blob that was sent before the erasure and is named after it is stripped', async () => {
  const { record, stored } = await rig.chunk(manyLines(gone, stays), 2);
  await rig.http.ask(rig.owner, 'PUT', url(`rooms/facts/orders/2026-05/blobs/${record.hash}`), stored);
  await rig.erase();
  expect(await rig.everything()).not.toContain('bulk-gone');
  await rig.http.rooms.change(`${rig.workspace}/facts/orders/2026-05`, 'client', (doc) =>
    addManifestRecords(doc, [record]),
  );
  expect(await ordersOf('facts/orders/2026-05')).toHaveLength(750);
});

test('[ERS4] the file imported again under a new customer id stays out, with all that came under that id', async () => {
  await rig.erase();
  const again = aCustomerId(77);
  // Orders come before the link that says whose they are.
  await rig.bring('facts/orders/2026-07', [
    anOrderLine({ customer: again, order: 'another-order' }),
    anOrderLine({ customer: stays, order: 'fine' }),
  ]);
  expect(await ordersOf('facts/orders/2026-07')).toHaveLength(2);
  await rig.bring('facts/identity/2026-07', [
    anIdentityLink({ keyKind: 'phone', key: rig.phoneKey, customer: again }),
    anIdentityLink({ keyKind: 'openid', key: 'oFINE', customer: stays }),
  ]);
  await rig.http.erasing.close();
  expect(await ordersOf('facts/orders/2026-07')).toEqual(['fine']);
  // Known by the order alone.
  await rig.bring('facts/orders/2026-01', [
    anOrderLine({ customer: aCustomerId(78), order: 'order-gone' }),
    anOrderLine({ customer: stays, order: 'order-stays', exportMs: 5 }),
  ]);
  await rig.http.erasing.close();
  expect(await ordersOf('facts/orders/2026-01')).toEqual(['order-stays', 'order-stays']);
  const { customers } = await createErasureList(rig.http.storage.records).read(rig.workspace);
  expect([...customers].sort()).toEqual([gone, goneToo, again, aCustomerId(78)].sort());
  expect(await rig.everything()).not.toContain('another-order');
});

test('[ERS6] a device that comes back with its old documents brings nobody back', async () => {
  const paths = ['facts/orders/2026-01', 'facts/identity/2026-01'];
  const copies = await Promise.all(paths.map((path) => rig.copyOf(path)));
  const late = await rig.chunk([anOrderLine({ customer: gone, order: 'offline-gone' })], 9);
  addManifestRecords(copies[0]!, [late.record]);
  await rig.erase();
  for (const [at, path] of paths.entries()) await rig.comeBack(path, copies[at]!);
  expect(await ordersOf('facts/orders/2026-01')).toEqual(['order-stays']);
  const after = await rig.everything();
  for (const text of [nickname, 'order-gone', 'offline-gone', 'oGONE']) expect(after).not.toContain(text);
  // And the device, once it has heard, has nothing either.
  const [orders] = copies;
  const state = await rig.http.rooms.read(`${rig.workspace}/${paths[0]}`, (doc) => Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(orders!, state);
  expect(Buffer.from(Y.encodeStateAsUpdate(orders!)).toString()).not.toContain('order-gone');
});

test('[ERS7] killed halfway, it is finished at the next start', async () => {
  const list = createErasureList(rig.http.storage.records);
  await list.put(rig.workspace, {
    id: 'e1',
    atMs: 1,
    member: 'm',
    customers: [gone, goneToo],
    keys: [],
    isRunning: true,
  });
  await rig.http.erasing.open([rig.workspace]);
  expect(await ordersOf('facts/orders/2026-01')).toEqual(['order-stays']);
  expect(await rig.everything()).not.toContain(nickname);
  expect((await list.read(rig.workspace)).erasures[0]!.isRunning).toBe(false);
});

test.for(['before the contacts went', 'after they went'])(
  '[ERS7, ERS9, ERS10, ERS13] ended %s, what is searched for by name and number goes nevertheless',
  async (when) => {
    await rig.http.ask(rig.owner, 'PUT', url('contacts'), {
      contacts: [{ customer: gone, kind: 'phone', clear: phone }],
    });
    await rig.http.storage.records.write([
      { collection: 'dead-letters', key: `${rig.workspace}/a`, value: { event: `{"phone":"${phone}"}` } },
    ]);
    await rig.http.rooms.change(`${rig.workspace}/campaign/c1`, 'test', (doc) => {
      addCard(doc, { id: 'a', title: `Call ${phone}`, note: `for ${gone}` });
    });
    await rig.http.ask(rig.owner, 'POST', url('versions'), { name: 'Plan', paths: ['campaign/c1'] });
    await rig.http.rooms.change(`${rig.workspace}/campaign/c1`, 'test', (doc) => void removeCard(doc, 'a'));
    await rig.http.rooms.change(`${rig.workspace}/broadcast/c1`, 'test', (doc) =>
      doc.getArray('arrivals').push([{ id: '1', nickname, text: '', atMs: 1 }]),
    );
    const { blobs, records } = rig.http.storage;
    const killed = new Error('killed');
    const { write } = records;
    const broken =
      when === 'after they went'
        ? vi
            .spyOn(records, 'write')
            .mockImplementation((changes) =>
              changes.some(({ collection }) => collection === 'retakes') ? Promise.reject(killed) : write(changes),
            )
        : vi.spyOn(blobs, 'list').mockRejectedValue(killed);
    await expect(rig.erase()).rejects.toThrow();
    expect(await ordersOf('facts/orders/2026-01')).toEqual(['order-stays']);
    expect(broken).toHaveBeenCalled();
    broken.mockRestore();
    await rig.http.erasing.resume([rig.workspace]);
    const after = await rig.everything();
    expect([nickname, phone, 'order-gone', '"event"'].filter((word) => after.includes(word))).toEqual([]);
  },
);

test('[ERS4, ERS7] ended while it follows another id, it is finished as well', async () => {
  await rig.erase();
  const again = aCustomerId(77);
  await rig.bring('facts/orders/2026-07', [
    anOrderLine({ customer: again, order: 'another-order' }),
    anOrderLine({ customer: stays, order: 'fine' }),
  ]);
  const killed = vi.spyOn(rig.http.storage.log, 'list').mockRejectedValue(new Error('killed'));
  await rig.bring('facts/identity/2026-07', [
    anIdentityLink({ keyKind: 'phone', key: rig.phoneKey, customer: again }),
    anIdentityLink({ keyKind: 'openid', key: 'oFINE', customer: stays }),
  ]);
  await rig.http.erasing.close();
  killed.mockRestore();
  expect(await ordersOf('facts/orders/2026-07')).toHaveLength(2);
  await rig.http.erasing.resume([rig.workspace]);
  expect(await ordersOf('facts/orders/2026-07')).toEqual(['fine']);
});

test('[ERS7] what is under way is waited for, and not done a second time', async () => {
  let lists = 0;
  const { log } = rig.http.storage;
  const { list } = log;
  log.list = (workspace) => {
    lists += 1;
    return list(workspace);
  };
  const isRunning = async (): Promise<boolean> =>
    (await createErasureList(rig.http.storage.records).read(rig.workspace)).erasures.some((one) => one.isRunning);
  const erasing = rig.erase();
  while (!(await isRunning())) await pause(1);
  const resumed = rig.http.erasing.resume([rig.workspace]);
  await erasing;
  const atEnd = lists;
  await resumed;
  expect(lists).toBe(atEnd);
  expect(await ordersOf('facts/orders/2026-01')).toEqual(['order-stays']);
});

test('[ERS8] free text is found where it stands; cleaned, its earlier wording is gone too', async () => {
  await rig.http.ask(rig.owner, 'PUT', url('contacts'), {
    contacts: [{ customer: goneToo, kind: 'phone', clear: phone }],
  });
  const campaign = `${rig.workspace}/campaign/c1`;
  await rig.http.rooms.change(campaign, 'test', (doc) => {
    doc.getText('note').insert(0, `给${nickname}留两盒`);
    doc.getMap('plan').set('who', { phone: `电话${phone}` });
  });
  const { words, texts } = await rig.erase();
  expect(new Set(words as string[])).toEqual(new Set([nickname, phone]));
  expect(texts).toEqual([
    { path: 'campaign/c1', place: 'note', excerpt: `给${nickname}留两盒` },
    { path: 'campaign/c1', place: 'plan/who/phone', excerpt: `电话${phone}` },
  ]);
  await rig.http.rooms.change(campaign, 'test', (doc) => {
    doc.getText('note').delete(1, nickname.length);
    doc.getMap('plan').delete('who');
  });
  expect(await rig.everything()).toContain(nickname);
  const again = await rig.http.ask(rig.owner, 'POST', url('erasures/search'), { words });
  expect(again.body).toEqual({ texts: [] });
  const after = await rig.everything();
  expect([after.includes(nickname), after.includes(phone)]).toEqual([false, false]);
});

test('[ERS9] contact details and refused events go, and the details are not taken again', async () => {
  const contacts = [gone, stays].map((customer) => ({ customer, kind: 'phone', clear: phone }));
  await rig.http.ask(rig.owner, 'PUT', url('contacts'), { contacts: contacts.slice(0, 1) });
  const letter = (key: string, event: string) => ({
    collection: 'dead-letters',
    key: `${rig.workspace}/${key}`,
    value: { event },
  });
  await rig.http.storage.records.write([letter('a', `{"phone":"${phone}"}`), letter('b', '{"phone":"139"}')]);
  expect(await rig.erase()).toMatchObject({ contacts: 1, deadLetters: 1 });
  expect((await rig.http.storage.records.list('dead-letters')).map(({ key }) => key)).toEqual([`${rig.workspace}/b`]);
  const shown = await rig.http.ask(rig.owner, 'POST', url('contacts/show'), { customers: [gone] });
  expect(shown.body).toEqual({ contacts: [], unreadable: 0 });
  // Under another id it is the same phone.
  const put = await rig.http.ask(rig.owner, 'PUT', url('contacts'), { contacts });
  expect(put.body).toEqual({ kept: 0, erased: 2 });
});

test('[ERS10] documents that name customers by id only are left as they are', async () => {
  await rig.http.rooms.change(`${rig.workspace}/settings`, 'test', (doc) =>
    addCampaign(doc, { id: 'c1', title: 'Evening', startMs: 1 } as never),
  );
  await rig.http.rooms.change(`${rig.workspace}/campaign/c1`, 'test', (doc) => doc.getMap('invited').set(gone, true));
  const before = await rig.http.rooms.read(`${rig.workspace}/campaign/c1`, (doc) => doc.getMap('invited').toJSON());
  expect((await rig.erase()).texts).toEqual([]);
  expect(await rig.http.rooms.read(`${rig.workspace}/campaign/c1`, (doc) => doc.getMap('invited').toJSON())).toEqual(
    before,
  );
});

test('[ERS10] versions lose ids and numbers; one that still holds the name is shown until it is removed', async () => {
  const room = `${rig.workspace}/campaign/c1`;
  await rig.http.ask(rig.owner, 'PUT', url('contacts'), {
    contacts: [{ customer: gone, kind: 'phone', clear: phone }],
  });
  const number = phone.replace(/^\+86/, '');
  const edit = (write: (doc: Y.Doc) => void): Promise<void> => rig.http.rooms.change(room, 'test', write);
  await edit((doc) => void addCard(doc, { id: 'a', title: `Call ${number}`, note: `for ${gone}` }));
  await edit((doc) => void addCard(doc, { id: 'b', title: `${nickname} asked` }));
  const named = await rig.http.ask(rig.owner, 'POST', url('versions'), { name: 'Plan', paths: ['campaign/c1'] });
  await edit((doc) => {
    for (const id of ['a', 'b']) removeCard(doc, id);
  });
  const { texts, words } = await rig.erase();
  expect(words).toContain(number);
  expect(texts).toEqual([
    { path: 'campaign/c1', place: 'cards/b/title', excerpt: `${nickname} asked`, version: named.body },
  ]);
  const kept = await rig.http.ask(rig.owner, 'GET', url(`rooms/campaign/c1/versions/${String(named.body['id'])}`));
  const then = new Y.Doc();
  Y.applyUpdate(then, kept.bytes);
  expect(readCampaign(then).cards.map(({ title, note }) => [title, note])).toEqual([
    ['Call …', 'for …'],
    [`${nickname} asked`, ''],
  ]);
  await rig.http.ask(rig.owner, 'DELETE', url(`rooms/campaign/c1/versions/${String(named.body['id'])}`));
  const again = await rig.http.ask(rig.owner, 'POST', url('erasures/search'), { words });
  expect(again.body['texts']).toEqual([]);
  expect(await rig.everything()).not.toContain(nickname);
});

test('[ERS11] the answer names the backups that still hold the person', async () => {
  const { ms } = rig.http.clock;
  await rig.http.storage.records.write([
    noteBackup({ name: 'old.larder-backup', path: '/nowhere/old', atMs: ms - 40 * 86_400_000, untilMs: ms - 1 }),
    noteBackup({ name: 'new.larder-backup', path: '/nowhere/new', atMs: ms - 2 * 86_400_000, untilMs: ms + 1 }),
    noteBackup({
      name: 'new.larder-backup',
      path: '/nowhere/new',
      atMs: ms - 86_400_000,
      untilMs: ms + 29 * 86_400_000,
    }),
  ]);
  expect((await rig.erase()).backups).toEqual([
    { name: 'new.larder-backup', atMs: ms - 86_400_000, untilMs: ms + 29 * 86_400_000 },
  ]);
});

test('[ERS11] a backup of before anything of the person came is not named, unless somebody wrote of them', async () => {
  const { ms } = rig.http.clock;
  const day = 86_400_000;
  const late = await rig.chunk([anOrderLine({ customer: aCustomerId(7), order: 'late' })], ms - 10 * day);
  await rig.http.rooms.change(`${rig.workspace}/facts/orders/2026-02`, 'client', (doc) =>
    addManifestRecords(doc, [late.record]),
  );
  const [before, after] = [12, 8].map((days) => ({ name: `${days}`, atMs: ms - days * day, untilMs: ms + day }));
  await rig.http.storage.records.write([before!, after!].map((one) => noteBackup({ ...one, path: `/${one.name}` })));
  const eraseLate = async (): Promise<unknown> =>
    (await rig.http.ask(rig.owner, 'POST', url('erasures'), { customer: aCustomerId(7) })).body['backups'];
  expect(await eraseLate()).toEqual([after]);
  // What is left tells nothing of what went before.
  expect(await eraseLate()).toEqual([after, before]);
  await rig.http.rooms.change(`${rig.workspace}/campaign/c1`, 'test', (doc) => {
    addCard(doc, { id: 'a', title: `Ask ${nickname}` });
  });
  expect((await rig.erase()).backups).toEqual([after, before]);
});

test('[ERS12] only owner and operator erase and hear who was erased, and the list names nobody', async () => {
  for (const role of ['host', 'assistant', 'stockkeeper', 'observer'] as const) {
    const member = await rig.http.join(rig.owner, rig.workspace, role);
    expect((await rig.http.ask(member, 'POST', url('erasures'), { customer: gone })).status).toBe(403);
    expect((await rig.http.ask(member, 'GET', url('erasures'))).status).toBe(403);
    expect((await rig.http.ask(member, 'POST', url('erasures/search'), { words: ['ab'] })).status).toBe(403);
  }
  expect((await rig.http.ask(rig.owner, 'POST', url('erasures'), { customer: 'Ann' })).status).toBe(400);
  await rig.erase();
  const operator = await rig.http.join(rig.owner, rig.workspace, 'operator');
  const { body } = await rig.http.ask(operator, 'GET', url('erasures'));
  expect(body.erasures).toEqual([
    { id: expect.any(String), atMs: expect.any(Number), customers: [gone, goneToo], keys: expect.any(Array) },
  ]);
  const text = JSON.stringify(body);
  for (const named of [nickname, phone, 'oGONE', 'order-gone']) expect(text).not.toContain(named);
  expect((body.erasures as { keys: string[] }[])[0]!.keys).toContain(rig.phoneKey);
});

test('[ERS14] a document whose process cannot be reached is noted, and retaken as soon as it can be', async () => {
  const { rooms, storage, access } = rig.http;
  const { records } = storage;
  const retaken: string[] = [];
  let isReached = false;
  const retake = async (room: string): Promise<void> => {
    if (!isReached) throw new RoomUnavailable('the process that serves the room did not retake it');
    retaken.push(room);
  };
  const retakes = createRetakes({ rooms: { retake }, records, report: () => {} });
  const versions = new Versions({ storage });
  const eraser = new Eraser({ rooms, retakes, storage, access, versions } as unknown as EraseDeps);
  await eraser.search(rig.workspace, []);
  const waiting = (await records.list('retakes')).map(({ key }) => key);
  expect(waiting).toEqual(await storage.log.list(rig.workspace));
  isReached = true;
  await retakes.retakeLeft();
  expect([retaken, await records.list('retakes')]).toEqual([waiting, []]);
});

test('[ERS13] what a broadcast showed under the name goes', async () => {
  const room = `${rig.workspace}/broadcast/c1`;
  const record = (id: string, name: string) => ({ id, nickname: name, text: '', atMs: 1 });
  await rig.http.rooms.change(room, 'test', (doc) => {
    doc.getArray('arrivals').push([record('1', nickname), record('2', '大山')]);
    doc.getArray('comments').push([record('3', nickname)]);
  });
  await rig.erase();
  expect(
    await rig.http.rooms.read(room, (doc) => [doc.getArray('arrivals').toJSON(), doc.getArray('comments').toJSON()]),
  ).toEqual([[record('2', '大山')], []]);
});
