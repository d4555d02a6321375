import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Fact } from '#core/datasets/fact.ts';
import { hashKey } from '#core/intake/hash-key.ts';
import { aDeviceWorkspace, bringFacts } from '#tests/web/device-workspace.ts';
import { aCustomerId, anAlias, anIdentityLink, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';
import { openBlobStore } from '#web/device/blob-store.ts';
import { memberPrefix } from '#web/device/device-database.ts';
import { openVault } from '#web/device/vault.ts';
import { forgetRejectedRows, keepRejectedRows, readRejectedRows } from '#web/engine/import/rejected-rows.ts';
import { type OpenedEngine, openEngine } from '#web/engine/open-engine.svelte.ts';
import { openLocalCopy } from '#web/workspace/local-copy.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

const phone = '13812345678';
const [gone, goneToo, stays] = [aCustomerId(1), aCustomerId(2), aCustomerId(3)];
let workspace: OpenedWorkspace;
let engine: OpenedEngine;
let phoneKey: string;

beforeEach(async () => {
  ({ workspace, engine } = await aDeviceWorkspace());
  phoneKey = await hashKey(workspace.platform, { kind: 'phone', key: `+86${phone}` });
  await bring([
    anIdentityLink({ keyKind: 'phone', key: phoneKey, customer: gone }),
    anIdentityLink({ keyKind: 'phone', key: phoneKey, customer: goneToo }),
    anAlias({ customer: gone, alias: '小满妈妈' }),
    anAlias({ customer: stays, alias: '大山' }),
    anOrderLine({ customer: goneToo, order: 'g1', atMs: atDay(-40) }),
    anOrderLine({ customer: stays, order: 's1', atMs: atDay(-40) }),
    anOrderLine({ customer: gone, order: 'g2' }),
    aRefund({ order: 'g2' }),
  ]);
});
afterEach(async () => {
  await engine.close();
  await workspace.wipe();
});

async function bring(facts: readonly Fact[]): Promise<void> {
  await bringFacts(engine, facts);
  await vi.waitFor(async () => expect((await overview()).waiting).toBe(0));
}
const overview = async () => (await engine.client.ask('facts.overview', null)).body;

test('one person is exported with everything the facts say, under every id', async () => {
  const { customers, facts } = (await engine.client.ask('privacy.export', { id: goneToo })).body;
  expect([...customers].sort()).toEqual([gone, goneToo]);
  expect(facts.map(({ kind }) => kind).sort()).toEqual([
    'alias',
    'identity-link',
    'identity-link',
    'order-line',
    'order-line',
    'refund',
  ]);
  expect(JSON.stringify(facts)).not.toContain('s1');
});

test('one person is erased from everything this device holds, and stays out of the next import', async () => {
  const place = { id: workspace.id, member: workspace.member };
  const vault = openVault(workspace.id, workspace.member.id);
  await vault.keep([
    { customer: gone, kind: 'phone', clear: `+86${phone}` },
    { customer: stays, kind: 'phone', clear: '+8613900000000' },
  ]);
  const row = (raw: string) => ({ kind: 'item-missing' as const, line: 1, cell: '', raw });
  await keepRejectedRows(place, 'i1', [row(`x,+86 138 1234 5678,y`), row('x,13900000000,y')], Date.now());
  const campaign = workspace.open('campaign/c1');
  campaign.doc.getText('note').insert(0, '给小满妈妈留两盒');
  await workspace.documents.flush();

  const answer = (await engine.client.ask('privacy.erase', { id: gone })).body;
  expect(answer).toMatchObject({
    facts: { 'identity-link': 2, alias: 1, 'order-line': 2, refund: 1 },
    contacts: 1,
    words: ['小满妈妈', phone],
    texts: [{ path: 'campaign/c1', place: 'note', excerpt: '给小满妈妈留两盒' }],
    unread: 0,
    backups: [],
  });
  expect(await overview()).toMatchObject({ orderLines: 1, unreadable: 0, missing: 0 });
  expect(await vault.readAll()).toEqual([{ customer: stays, kind: 'phone', clear: '+8613900000000' }]);
  vault.close();
  expect((await readRejectedRows(place, 'i1')).map(({ raw }) => raw)).toEqual(['x,13900000000,y']);

  campaign.doc.getText('note').delete(1, 4);
  await workspace.documents.flush();
  expect((await engine.client.ask('privacy.search', { words: answer.words })).body).toEqual([]);
  campaign.close();

  // The same file again: the line's key is known, the person is not.
  const keys = [{ kind: 'phone', key: phoneKey } as const];
  expect((await engine.client.ask('intake.customers-of-keys', keys)).body).toEqual(['erased']);

  // Each document on disk is as it is now, and was never anything else.
  await engine.close();
  await workspace.close();
  const prefix = memberPrefix(workspace.id, workspace.member.id);
  const facts = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith(`${prefix}facts/`) ? [name] : [],
  );
  expect(facts.length).toBeGreaterThan(3);
  for (const name of facts) {
    const doc = new Y.Doc({ gc: false });
    const copy = openLocalCopy(name, doc, () => undefined);
    await copy.loaded;
    const chunks = doc.getArray('chunks');
    // Without collection a deleted record would still have its content.
    for (let item = chunks._start; item !== null; item = item.right)
      if (item.deleted) expect(item.content).toBeInstanceOf(Y.ContentDeleted);
    await copy.close();
  }
  const store = openBlobStore(workspace.id, workspace.member.id);
  const kept = await store.chunks.toArray();
  expect(kept.flatMap(({ record }) => record.lines).reduce((sum, lines) => sum + lines, 0)).toBe(2);
  store.close();
  engine = openEngine(workspace);
});

test('rows left out are forgotten by openid too, and the rest is kept', async () => {
  const place = { id: workspace.id, member: workspace.member };
  const openid = `o${'a'.repeat(27)}`;
  const row = (raw: string) => ({ kind: 'item-missing' as const, line: 1, cell: '', raw });
  await keepRejectedRows(place, 'i2', [row(`1,${openid}`), row('2,mei@x.com'), row('3,nobody')], Date.now());
  const bytes = await workspace.platform.hmac(workspace.platform.utf8(`openid:${openid}`));
  const keys = new Set([
    [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    await hashKey(workspace.platform, { kind: 'email', key: 'mei@x.com' }),
  ]);
  await forgetRejectedRows(place, workspace.platform, keys, []);
  expect((await readRejectedRows(place, 'i2')).map(({ raw }) => raw)).toEqual(['3,nobody']);
});
