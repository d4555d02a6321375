import { afterEach, expect, test, vi } from 'vitest';
import { AuditLog } from '#web/screens/settings/audit-log.svelte.ts';
import { People } from '#web/screens/settings/people.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

const answering = (answers: Readonly<Record<string, object>>): string[] => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path.split('/').at(-1) ?? '');
    await new Promise((resolve) => setTimeout(resolve, 5));
    return Response.json(answers[asked.at(-1) ?? ''] ?? {});
  });
  return asked;
};

test('people are read once, and once more however often they are asked for meanwhile', async () => {
  const asked = answering({ members: { members: [] }, invitations: { invitations: [] } });
  const people = new People('w', true);
  const first = Promise.all([people.read(), people.read()]);
  await Promise.resolve();
  await Promise.all([first, people.read(), people.read(), people.read()]);
  expect(asked).toEqual(['members', 'invitations', 'members', 'invitations']);
  await people.read();
  expect(asked).toHaveLength(6);
});

test('the activity log keeps the name of who was removed', async () => {
  const removed = { kind: 'member-removed', member: 'm1', detail: 'm2', name: 'Ning', atMs: 2 };
  answering({ audit: { entries: [{ kind: 'exported', member: 'm2', detail: 'customers', atMs: 1 }, removed] } });
  const log = new AuditLog('w');
  await log.read();
  expect([log.entries?.[0], log.names]).toEqual([removed, { m2: 'Ning' }]);
});
