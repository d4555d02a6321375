/** Live events from outside: a batch of CloudEvents by a source, or by a member who pastes; and the sources themselves. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { type Result, fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import { nameSchema, parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import { type AcceptEvents, type EventFate, listDeadLetters } from './accept-events.ts';
import type { Source, Sources } from './sources.ts';

export interface IngestDeps {
  readonly sources: Sources;
  readonly accept: AcceptEvents;
  readonly records: Records;
  /** What is on air, for a sender that asks. */
  listOnAir(workspace: string): Promise<readonly unknown[]>;
  nowMs(): number;
}

const managers: readonly Role[] = ['owner', 'operator'];
const pasters: readonly Role[] = ['owner', 'operator', 'assistant'];
export const mostEvents = 1000;
const mostBytes = 1_000_000;

export const createIngestRoutes = (deps: IngestDeps): RouteModule => {
  const routes = new Hono<RequestContext>();
  addSourceRoutes(routes, deps);

  /** A sender asks whether its secret works, what time it is here and what is on air. */
  routes.get('/api/ingest/:source', async (context) => {
    const source = await authenticate(
      deps.sources,
      context.req.param('source'),
      (name) => context.req.header(name),
      '',
    );
    if (!source) return context.var.refuse({ kind: 'bad-signature' });
    return context.json({ name: source.name, serverMs: deps.nowMs(), onAir: await deps.listOnAir(source.workspace) });
  });

  routes.post('/api/ingest/:source', async (context) => {
    const body = await context.req.text();
    const source = await authenticate(
      deps.sources,
      context.req.param('source'),
      (name) => context.req.header(name),
      body,
    );
    if (!source) return context.var.refuse({ kind: 'bad-signature' });
    const events = parseBatch(body);
    if (!events.ok) return context.var.answer(events);
    const batch = { workspace: source.workspace, sender: source.id, isPasted: false, events: events.value };
    return context.json(countFates(await deps.accept(batch)));
  });

  routes.post('/api/workspaces/:workspace/broadcasts/:broadcast/events', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), pasters);
    if (!member.ok) return answer(member);
    const events = parseBatch(await context.req.text());
    if (!events.ok) return answer(events);
    const subject = context.req.param('broadcast');
    const pasted = events.value.map((event) =>
      typeof event === 'object' && event !== null ? { ...event, subject } : event,
    );
    const sender = `member/${session?.member.id ?? ''}`;
    return context.json(
      countFates(await deps.accept({ workspace: member.value.workspace, sender, isPasted: true, events: pasted })),
    );
  });

  return {
    routes,
    bodyLimits: [{ path: /^\/api\/(ingest\/[^/]+|workspaces\/[^/]+\/broadcasts\/[^/]+\/events)$/, bytes: mostBytes }],
  };
};

function addSourceRoutes(routes: Hono<RequestContext>, { sources, records }: IngestDeps): void {
  routes.get('/api/workspaces/:workspace/sources', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), managers);
    if (!member.ok) return context.var.answer(member);
    return context.json({ sources: await sources.list(member.value.workspace) });
  });

  routes.post('/api/workspaces/:workspace/sources', async (context) => {
    const { session, answer } = context.var;
    const member = requireRole(session, context.req.param('workspace'), managers);
    if (!member.ok) return answer(member);
    const body = await parseBody(context.req, v.object({ name: nameSchema }));
    if (!body.ok) return answer(body);
    return answer(ok(await sources.create(member.value.workspace, body.value.name, session?.member.id ?? '')));
  });

  routes.delete('/api/workspaces/:workspace/sources/:id', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), managers);
    if (!member.ok) return context.var.answer(member);
    const isRemoved = await sources.remove(member.value.workspace, context.req.param('id'));
    return context.var.answer(isRemoved ? ok({}) : fail({ kind: 'not-found' }));
  });

  routes.get('/api/workspaces/:workspace/dead-letters', async (context) => {
    const member = requireRole(context.var.session, context.req.param('workspace'), managers);
    if (!member.ok) return context.var.answer(member);
    return context.json({ letters: await listDeadLetters(records, member.value.workspace) });
  });
}

/** Bearer when there is one, else the three headers of Standard Webhooks. */
async function authenticate(
  sources: Sources,
  id: string,
  header: (name: string) => string | undefined,
  body: string,
): Promise<Source | null> {
  const bearer = /^Bearer (\S+)$/.exec(header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return sources.authenticate(id, { bearer });
  const [messageId = '', timestamp = '', signatures = ''] = [
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
  ].map(header);
  return sources.authenticate(id, { id: messageId, timestamp, signatures, body });
}

type BatchFailure =
  | { readonly kind: 'bad-request'; readonly field: string }
  | { readonly kind: 'too-many-events'; readonly most: number };

/** The CloudEvents batch format, or one event alone. */
function parseBatch(body: string): Result<readonly unknown[], BatchFailure> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return fail({ kind: 'bad-request', field: '' });
  }
  const events: unknown = Array.isArray(value) ? value : [value];
  if (!Array.isArray(events) || events.length === 0) return fail({ kind: 'bad-request', field: '' });
  return events.length > mostEvents ? fail({ kind: 'too-many-events', most: mostEvents }) : ok(events);
}

function countFates(results: readonly EventFate[]): object {
  const countOf = (state: EventFate['state']): number => results.filter((fate) => fate.state === state).length;
  return { accepted: countOf('accepted'), known: countOf('known'), refused: countOf('refused'), results };
}
