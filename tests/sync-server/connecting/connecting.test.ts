import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { addManifestRecords, readErasureCount, readManifest } from '#core/datasets/manifest.doc.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import type { ImportId } from '#core/units/ids.ts';
import { documentFingerprint } from '#core/workspace/fingerprint.doc.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anOrderLine } from '#tests/makers/facts.ts';
import { type HttpAnswer, type HttpRig, openHttpRig, type Person } from '../http-rig.ts';

const id = 'w-0123456789abcdef';
const secret = new Uint8Array(32).fill(9);
const platform = createNodePlatform(secret);
const month = 'facts/orders/2026-10';

let rig: HttpRig;
let settings: Y.Doc;
let manifest: Y.Doc;
let blob: { readonly hash: string; readonly stored: Uint8Array };

beforeEach(async () => {
  rig = await openHttpRig();
  settings = new Y.Doc();
  settings.getText('brand').insert(0, 'North Slope');
  manifest = new Y.Doc();
  const lines = Array.from({ length: 6000 }, (_, at) =>
    anOrderLine({
      customer: aCustomerId((at * 7919) % 900),
      order: `o-${(at * 2_654_435_761) % 4_294_967_296}`,
      item: `item-${(at * 31) % 97}`,
      paidFen: 100 + ((at * 7919) % 10_007),
      atMs: Date.UTC(2026, 9, 1) + at * 300_017,
    }),
  );
  const chunk = { packed: packFacts('order-line', lines), importId: 'i1' as ImportId, importMs: 1, replaces: [] };
  const { record, stored } = await createManifestRecord(platform, chunk);
  expect(record.inline === null).toBe(true);
  blob = { hash: record.hash, stored };
  addManifestRecords(manifest, [record]);
});
afterEach(() => rig.close());

const begin = (person: Person, more: object = {}): Promise<HttpAnswer> =>
  rig.ask(person, 'POST', '/api/connecting', {
    id,
    brand: 'North Slope',
    name: 'Ann',
    identitySecret: Buffer.from(secret).toString('base64'),
    claim: null,
    ...more,
  });
const url = (rest: string): string => `/api/workspaces/${id}/${rest}`;
const send = (person: Person, path: string, doc: Y.Doc): Promise<HttpAnswer> =>
  rig.ask(person, 'PUT', url(`connecting/documents/${path}`), Y.encodeStateAsUpdate(doc));
const sendBlob = (person: Person): Promise<HttpAnswer> =>
  rig.ask(person, 'PUT', url(`rooms/${month}/blobs/${blob.hash}`), blob.stored);
const settle = async (person: Person, isFinal = true): Promise<HttpAnswer> =>
  rig.ask(person, 'POST', url('connecting/settle'), {
    isFinal,
    documents: [
      { path: 'settings', fingerprint: await documentFingerprint(settings, platform) },
      { path: month, fingerprint: await documentFingerprint(manifest, platform) },
    ],
    blobs: [blob.hash],
  });
const workspacesOf = async (person: Person): Promise<string[]> =>
  ((await rig.ask(person, 'GET', '/api/session')).body.workspaces as { id: string }[]).map((one) => one.id);

test('[CON1] an owner here or the holder of the claim begins, nobody else, and never over a workspace that is there', async () => {
  expect((await begin(rig.aPerson())).body.error?.kind).toBe('not-allowed');
  expect((await begin(rig.aPerson(), { claim: 'x'.repeat(22) })).body.error?.kind).toBe('unknown-claim');
  const { owner, workspace } = await rig.claim();
  const host = await rig.join(owner, workspace, 'host');
  expect((await begin(host)).body.error?.kind).toBe('not-allowed');
  expect((await begin(owner)).status).toBe(200);
  expect((await begin(owner)).status).toBe(200);
  const another = Buffer.from(new Uint8Array(32).fill(1)).toString('base64');
  expect((await begin(owner, { identitySecret: another })).body.error?.kind).toBe('workspace-exists');
  expect((await begin(owner, { id: workspace })).status).toBe(400);
  expect((await begin(host)).body.error?.kind).toBe('not-allowed');
});

test('[CON2] with the claim: the answer may be lost and asked for again; nothing shows until it is settled', async () => {
  const claim = await rig.access.issueClaim();
  expect((await begin(rig.aPerson(), { claim })).status).toBe(200);
  const owner = rig.aPerson();
  expect((await begin(owner, { claim })).status).toBe(200);
  expect(await rig.access.isClaimed()).toBe(true);
  expect(await workspacesOf(owner)).toEqual([]);
  const { owner: other } = { owner: rig.aPerson() };
  expect((await send(other, 'settings', settings)).status).toBe(401);
  expect((await rig.ask(owner, 'POST', '/api/claim', { claim, name: 'Eve', brand: 'Mine' })).status).toBe(404);
});

test('[CON3] given up it leaves nothing, gives the claim back, and may begin again', async () => {
  const claim = await rig.access.issueClaim();
  const owner = rig.aPerson();
  await begin(owner, { claim });
  await send(owner, 'settings', settings);
  await sendBlob(owner);
  const contact = { customer: aCustomerId(1), kind: 'phone', clear: '13900000001' };
  expect((await rig.ask(owner, 'PUT', url('contacts'), { contacts: [contact] })).body.kept).toBe(1);
  expect((await rig.ask(rig.aPerson(), 'DELETE', `/api/connecting/${id}`)).status).toBe(401);
  expect((await rig.ask(owner, 'DELETE', `/api/connecting/${id}`)).status).toBe(200);
  expect(await rig.storage.log.list(id)).toEqual([]);
  expect(await rig.storage.blobs.list(id)).toEqual([]);
  expect(await rig.storage.records.list('contacts', id)).toEqual([]);
  expect(await rig.access.isClaimed()).toBe(false);
  rig.clock.ms += 60_000;
  expect((await begin(owner, { claim })).status).toBe(200);
  expect((await send(owner, 'settings', settings)).status).toBe(200);
});

test('[CON4] what arrives again is merged; what is no document changes nothing', async () => {
  const { owner } = await rig.claim();
  await begin(owner);
  await send(owner, 'settings', settings);
  settings.getText('brand').insert(0, 'New ');
  await send(owner, 'settings', settings);
  const path = url('connecting/documents/settings');
  expect((await rig.ask(owner, 'PUT', path, new Uint8Array([9, 9, 9]))).status).toBe(400);
  expect((await rig.ask(owner, 'PUT', url('connecting/documents/nowhere'), new Uint8Array([0, 0]))).status).toBe(404);
  expect(await rig.rooms.read(`${id}/settings`, (doc) => doc.getText('brand').toString())).toBe('New North Slope');
});

test('[CON5, CON6] settled only when everything is here and equal, and the device says so last; afterwards it is a workspace like any other', async () => {
  const { owner, workspace } = await rig.claim();
  await begin(owner);
  expect((await settle(owner)).body).toEqual({
    isSettled: false,
    different: ['settings', month],
    missing: [blob.hash],
  });
  await sendBlob(owner);
  await send(owner, month, manifest);
  await send(owner, 'settings', settings);
  settings.getText('brand').delete(0, 1);
  expect((await settle(owner)).body).toEqual({ isSettled: false, different: ['settings'], missing: [] });
  expect(await workspacesOf(owner)).toEqual([workspace]);
  await send(owner, 'settings', settings);
  await rig.storage.blobs.remove(id, blob.hash);
  expect((await settle(owner)).body).toMatchObject({ isSettled: false, missing: [blob.hash] });
  await sendBlob(owner);
  expect((await settle(owner, false)).body).toEqual({ isSettled: false, different: [], missing: [] });
  expect(await workspacesOf(owner)).toEqual([workspace]);
  expect((await settle(owner)).body).toMatchObject({ isSettled: true });
  expect((await workspacesOf(owner)).toSorted()).toEqual([workspace, id].toSorted());
  expect((await rig.ask(owner, 'GET', url('identity-secret'))).body.identitySecret).toBe(
    Buffer.from(secret).toString('base64'),
  );
  expect(await rig.rooms.read(`${id}/${month}`, (doc) => readManifest(doc).records.length)).toBe(1);
  expect((await rig.access.listAudit(id)).map(({ kind }) => kind)).toEqual(['connected']);
  expect((await send(owner, 'settings', settings)).status).toBe(403);
  expect((await settle(owner)).status).toBe(403);
  expect((await rig.ask(owner, 'DELETE', `/api/connecting/${id}`)).status).toBe(403);
  expect((await begin(owner)).body.error?.kind).toBe('workspace-exists');
});

test('[CON7, CON8] erased people stay out, and the facts index stays the server’s own', async () => {
  const { owner } = await rig.claim();
  await begin(owner);
  const erasure = { id: 'e-1', atMs: 5, customers: [aCustomerId(1)], keys: [] };
  expect((await rig.ask(owner, 'PUT', url('connecting/erasures'), { erasures: [erasure] })).status).toBe(200);
  expect((await send(owner, 'facts-index', new Y.Doc())).status).toBe(404);
  expect(await rig.rooms.read(`${id}/facts-index`, readErasureCount)).toBe(1);
  const contacts = [1, 2].map((at) => ({ customer: aCustomerId(at), kind: 'phone', clear: `1390000000${at}` }));
  expect((await rig.ask(owner, 'PUT', url('contacts'), { contacts })).body).toEqual({ kept: 1, erased: 1 });
});
