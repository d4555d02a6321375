/** The sources of a workspace for its owner and operator: making, seeing how they do, removing, and what was refused. */
import type { Hono } from 'hono';
import * as v from 'valibot';
import { parseLiveEvent } from '#core/live/parse-live-event.ts';
import { type Result, fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import type { Access } from '#sync-server/access/access.ts';
import { nameSchema, parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import type { AcceptEvents, EventFate } from './accept-events.ts';
import { listDeadLetters, readDeadLetter, removeDeadLetter } from './dead-letters.ts';
import { readSourceCounts } from './source-counts.ts';
import type { Sources } from './sources.ts';

export interface SourceRouteDeps {
  readonly access: Pick<Access, 'audit'>;
  readonly sources: Sources;
  readonly accept: AcceptEvents;
  readonly records: Records;
}

const managers: readonly Role[] = ['owner', 'operator'];

export const addSourceRoutes = (routes: Hono<RequestContext>, deps: SourceRouteDeps): void => {
  const { access, sources, records } = deps;

  routes.get('/api/workspaces/:workspace/sources', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), managers);
    if (!member.ok) return context.var.answer(member);
    return context.json({ sources: await listWithCounts(deps, member.value.workspace) });
  });

  routes.post('/api/workspaces/:workspace/sources', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), managers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, v.object({ name: nameSchema }));
    if (!body.ok) return answer(body);
    const by = session?.member.id ?? '';
    const source = await sources.create(member.value.workspace, body.value.name, by);
    await access.audit(member.value.workspace, { kind: 'source-made', member: by, detail: source.name });
    return answer(ok(source));
  });

  routes.delete('/api/workspaces/:workspace/sources/:id', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), managers);
    if (!member.ok) return answer(member);
    const { workspace } = member.value;
    const source = await sources.read(context.req.param('id'));
    if (!source || !(await sources.remove(workspace, source.id))) return answer(fail({ kind: 'not-found' }));
    await access.audit(workspace, { kind: 'source-removed', member: session?.member.id ?? '', detail: source.name });
    return answer(ok({}));
  });

  routes.get('/api/workspaces/:workspace/dead-letters', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), managers);
    if (!member.ok) return context.var.answer(member);
    const letters = await listDeadLetters(records, member.value.workspace, context.req.query('source'));
    return context.json({ letters });
  });

  /** Sends a refused event again, as it was put right. It stays when it is refused again. */
  routes.post('/api/workspaces/:workspace/dead-letters/:letter/retry', async (context) => {
    const { session, answer } = context.var;
    const { workspace, letter } = context.req.param();
    const member = requireRole(session, workspace, managers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, v.object({ event: v.record(v.string(), v.unknown()) }));
    if (!body.ok) return answer(body);
    const fate = await retry(deps, workspace, letter, body.value.event);
    return fate.ok ? context.json(fate.value) : answer(fate);
  });

  routes.delete('/api/workspaces/:workspace/dead-letters/:letter', async (context) => {
    const { workspace, letter } = context.req.param();
    const member = requireRole(context.var.session, workspace, managers);
    if (!member.ok) return context.var.answer(member);
    await records.write([removeDeadLetter(workspace, letter)]);
    return context.var.answer(ok({}));
  });
};

async function listWithCounts({ sources, records }: SourceRouteDeps, workspace: string): Promise<readonly object[]> {
  const letters = await listDeadLetters(records, workspace);
  return Promise.all(
    (await sources.list(workspace)).map(async (source) => ({
      ...source,
      ...(await readSourceCounts(records, workspace, source.id)),
      deadLetters: letters.filter(({ sender }) => sender === source.id).length,
    })),
  );
}

async function retry(
  { accept, records }: SourceRouteDeps,
  workspace: string,
  id: string,
  event: Record<string, unknown>,
): Promise<Result<EventFate, { readonly kind: 'not-found' }>> {
  const letter = await readDeadLetter(records, workspace, id);
  if (!letter) return fail({ kind: 'not-found' });
  const parsed = parseLiveEvent(event, letter.atMs);
  if (!parsed.ok) return ok({ state: 'refused', error: parsed.error });
  // Without a time of its own it happened when it first came.
  const timed = { ...event, time: event['time'] ?? new Date(letter.atMs).toISOString() };
  const [fate] = await accept({ workspace, sender: letter.sender, isPasted: true, events: [timed] });
  await records.write([removeDeadLetter(workspace, id)]);
  return fate ? ok(fate) : fail({ kind: 'not-found' });
}
