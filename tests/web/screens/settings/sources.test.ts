import { expect, test } from 'vitest';
import { type DeadLetter, type SourceRow, Sources } from '#web/screens/settings/sources.svelte.ts';
import { sourceAddress, sourceExample } from '#web/screens/settings/source-example.ts';
import type { askServer } from '#web/workspace/session.ts';

const row = (id: string, createdMs: number): SourceRow => ({
  id,
  name: id,
  createdMs,
  accepted: 0,
  known: 0,
  refused: 0,
  lastMs: null,
  lagMs: 0,
  deadLetters: 0,
});
const letter: DeadLetter = { id: 'l1', atMs: 1, error: { kind: 'not-an-event' }, event: '7', isCut: false };

/** A server that answers what it is told to, and remembers what it was asked. */
const rig = (answers: Record<string, unknown>) => {
  const asked: string[] = [];
  const ask = (method: string, path: string, body?: unknown) => {
    const line = `${method} ${path.replace('/api/workspaces/w', '')}`;
    asked.push(body === undefined ? line : `${line} ${JSON.stringify(body)}`);
    const value = answers[line];
    return Promise.resolve(
      typeof value === 'string' || value === undefined
        ? { ok: false, error: { kind: value ?? 'unreachable' } }
        : { ok: true, value },
    );
  };
  return { sources: new Sources('w', ask as typeof askServer), asked, answers };
};

test('the newest source stands first; when the server is away the last list stays and it is said', async () => {
  const { sources, answers } = rig({ 'GET /sources': { sources: [row('old', 1), row('new', 2)] } });
  expect(sources.list).toBeNull();
  await sources.read();
  expect(sources.list?.map(({ id }) => id)).toEqual(['new', 'old']);
  delete answers['GET /sources'];
  await sources.read();
  expect(sources.failure).toBe('unreachable');
  expect(sources.list).toHaveLength(2);
});

test('the secret is held only of the source made just now, and goes with it', async () => {
  const { sources, answers } = rig({ 'POST /sources': 'bad-request', 'GET /sources': { sources: [row('a', 1)] } });
  expect(await sources.make('')).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  expect(sources.fresh).toBeNull();
  answers['POST /sources'] = { ...row('a', 1), secret: 'whsec_x' };
  await sources.make('a');
  expect(sources.fresh).toMatchObject({ id: 'a', secret: 'whsec_x' });
  expect(JSON.stringify(sources.list)).not.toContain('whsec_x');
  answers['DELETE /sources/a'] = 'unreachable';
  expect(await sources.remove('a')).toMatchObject({ ok: false });
  expect(sources.fresh).not.toBeNull();
  answers['DELETE /sources/a'] = 'not-found';
  expect(await sources.remove('a')).toMatchObject({ ok: true });
  expect(sources.fresh).toBeNull();
});

test('a refused event goes when it was taken, and stays when it is refused again or nothing answered', async () => {
  const { sources, answers, asked } = rig({ 'GET /dead-letters?source=a': { letters: [letter] } });
  await sources.readLetters('a');
  const retry = 'POST /dead-letters/l1/retry';
  expect(await sources.retry('l1', '{"id":')).toEqual({ kind: 'not-json' });
  expect(await sources.retry('l1', '[1]')).toEqual({ kind: 'not-json' });
  expect(asked.filter((line) => line.startsWith(retry))).toEqual([]);
  expect(await sources.retry('l1', '{}')).toEqual({ kind: 'failed', failure: 'unreachable' });
  const error = { kind: 'unknown-type', type: 'x' };
  answers[retry] = { state: 'refused', error };
  expect(await sources.retry('l1', '{}')).toEqual({ kind: 'refused', error });
  expect(sources.letters).toEqual([letter]);
  answers[retry] = { state: 'known' };
  expect(await sources.retry('l1', '{"id":"1"}')).toEqual({ kind: 'known' });
  expect(sources.letters).toEqual([]);
  expect(asked).toContain(`${retry} {"event":{"id":"1"}}`);
});

test('another source does not show the letters of the one before', async () => {
  const { sources } = rig({ 'GET /dead-letters?source=a': { letters: [letter] } });
  await sources.readLetters('a');
  await sources.readLetters('b');
  expect(sources.letters).toBeNull();
  expect(sources.lettersFailure).toBe('unreachable');
});

test('the example is one batch of one event, whole on a command line', () => {
  const example = sourceExample(sourceAddress('http://127.0.0.1:4747', 'abc'), 'whsec_a+b/c=');
  expect(example).toContain('curl -X POST http://127.0.0.1:4747/api/ingest/abc');
  expect(example).toContain("'Authorization: Bearer whsec_a+b/c='");
  const body = JSON.parse(/-d '(.*)'$/s.exec(example)?.[1] ?? '') as unknown;
  expect(body).toMatchObject([{ specversion: '1.0', type: 'Product Clicked' }]);
});
