import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCustomerId } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig, type Person } from '../http-rig.ts';

let rig: HttpRig;
let owner: Person;
let workspace: string;
beforeEach(async () => {
  rig = await openHttpRig();
  ({ owner, workspace } = await rig.claim());
});
afterEach(() => rig.close());

const url = (rest: string): string => `/api/workspaces/${workspace}/${rest}`;
const aContact = (number: number) => ({
  customer: aCustomerId(number),
  kind: 'phone' as const,
  clear: `1390000${String(number).padStart(4, '0')}`,
});

test('[VLT5] owner and operator hand in and see contact details; each showing is written down first', async () => {
  const operator = await rig.join(owner, workspace, 'operator');
  const put = await rig.ask(operator, 'PUT', url('contacts'), { contacts: [aContact(1), aContact(2)] });
  expect(put.body).toEqual({ kept: 2, erased: 0 });
  const shown = await rig.ask(owner, 'POST', url('contacts/show'), { customers: [aCustomerId(1), aCustomerId(9)] });
  expect(shown.body).toEqual({ contacts: [aContact(1)], unreadable: 0 });
  await rig.ask(owner, 'POST', url('contacts/show'), { customers: [aCustomerId(2)], purpose: 'export' });
  const { body } = await rig.ask(owner, 'GET', url('audit'));
  const entries = (body.entries as { kind: string; detail: string }[]).slice(-2);
  expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['contact-shown', aCustomerId(1)],
    ['customer-exported', aCustomerId(2)],
  ]);
  expect(JSON.stringify(body)).not.toContain('1390000');
});

test('[VLT5] nobody else hands in or sees any, and nobody of another workspace', async () => {
  await rig.ask(owner, 'PUT', url('contacts'), { contacts: [aContact(1)] });
  for (const role of ['host', 'assistant', 'stockkeeper', 'observer'] as const) {
    const member = await rig.join(owner, workspace, role);
    expect((await rig.ask(member, 'PUT', url('contacts'), { contacts: [aContact(1)] })).status).toBe(403);
    expect((await rig.ask(member, 'POST', url('contacts/show'), { customers: [aCustomerId(1)] })).status).toBe(403);
  }
  expect((await rig.ask(rig.aPerson(), 'POST', url('contacts/show'), { customers: [aCustomerId(1)] })).status).toBe(
    401,
  );
  const foreign = '/api/workspaces/elsewhere/contacts/show';
  expect((await rig.ask(owner, 'POST', foreign, { customers: [aCustomerId(1)] })).body.error?.kind).toBe(
    'unknown-workspace',
  );
  expect((await rig.ask(owner, 'POST', url('contacts/show'), { customers: ['../x'] })).status).toBe(400);
  expect(
    (await rig.ask(owner, 'PUT', url('contacts'), { contacts: [{ ...aContact(1), kind: 'address' }] })).status,
  ).toBe(400);
});

test('[VLT6] no detail stands in a record, a document or a log line', async () => {
  const contacts = Array.from({ length: 40 }, (_, at) => aContact(at + 1));
  await rig.ask(owner, 'PUT', url('contacts'), { contacts });
  await rig.ask(owner, 'POST', url('contacts/show'), { customers: [aCustomerId(1)] });
  await rig.ask(owner, 'POST', url('erasures'), { customer: aCustomerId(1) });
  const documents = await Promise.all(
    (await rig.storage.log.list(workspace)).map((room) => rig.storage.log.read(room)),
  );
  const stored = JSON.stringify([await rig.storage.records.readAll(), documents, rig.reports]);
  expect(stored).toContain('"contacts"');
  expect(stored).not.toContain('1390000');
});
