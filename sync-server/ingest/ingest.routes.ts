/** Live events from outside: a batch of CloudEvents by a source, or by a member who pastes; and the sources themselves. */
import { Hono } from 'hono';
import { type Result, fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import type { Access } from '#sync-server/access/access.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import { type AcceptEvents, type EventFate, countFates } from './accept-events.ts';
import { addSourceRoutes } from './add-source-routes.ts';
import type { Sources } from './sources.ts';

export interface IngestDeps {
  readonly access: Pick<Access, 'audit'>;
  readonly sources: Sources;
  readonly accept: AcceptEvents;
  readonly records: Records;
  /** What is on air, for a sender that asks. */
  listOnAir(workspace: string): Promise<readonly unknown[]>;
  nowMs(): number;
}

const pasters: readonly Role[] = ['owner', 'operator', 'assistant'];
export const mostEvents = 1000;
const mostBytes = 1_000_000;

export const createIngestRoutes = (deps: IngestDeps): RouteModule => {
  const routes = new Hono<RequestContext>();
  addSourceRoutes(routes, deps);

  /** A sender asks whether its secret works, what time it is here and what is on air. */
  routes.get('/api/ingest/:source', async (context) => {
    const proof = proofOf((name) => context.req.header(name), '');
    const source = proof && (await deps.sources.authenticate(context.req.param('source'), proof));
    if (!source) return context.var.refuse(unproven(proof));
    return context.json({ name: source.name, serverMs: deps.nowMs(), onAir: await deps.listOnAir(source.workspace) });
  });

  routes.post('/api/ingest/:source', async (context) => {
    const body = await context.req.text();
    const proof = proofOf((name) => context.req.header(name), body);
    const source = proof && (await deps.sources.authenticate(context.req.param('source'), proof));
    if (!source) return context.var.refuse(unproven(proof));
    const events = parseBatch(body);
    if (!events.ok) return context.var.answer(events);
    const batch = { workspace: source.workspace, sender: source.id, isPasted: false, events: events.value };
    return context.json(told(await deps.accept(batch)));
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
      told(await deps.accept({ workspace: member.value.workspace, sender, isPasted: true, events: pasted })),
    );
  });

  return {
    routes,
    withoutOrigin: /^\/api\/ingest\//,
    bodyLimits: [{ path: /^\/api\/(ingest\/[^/]+|workspaces\/[^/]+\/broadcasts\/[^/]+\/events)$/, bytes: mostBytes }],
  };
};

type Proof = Parameters<Sources['authenticate']>[1];

/** Bearer when there is one, else the three headers of Standard Webhooks; null when there is neither. */
function proofOf(header: (name: string) => string | undefined, body: string): Proof | null {
  const bearer = /^Bearer (\S+)$/.exec(header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return { bearer };
  const signatures = header('webhook-signature');
  if (signatures === undefined) return null;
  return { id: header('webhook-id') ?? '', timestamp: header('webhook-timestamp') ?? '', signatures, body };
}

/** Named by what was sent, not by what is known here: an unknown source answers as a wrong secret does. */
function unproven(proof: Proof | null): { readonly kind: 'no-secret' | 'wrong-secret' | 'bad-signature' } {
  if (proof === null) return { kind: 'no-secret' };
  return { kind: 'bearer' in proof ? 'wrong-secret' : 'bad-signature' };
}

type BatchFailure =
  { readonly kind: 'not-json' | 'no-events' } | { readonly kind: 'too-many-events'; readonly most: number };

/** The CloudEvents batch format, or one event alone. */
function parseBatch(body: string): Result<readonly unknown[], BatchFailure> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return fail({ kind: 'not-json' });
  }
  const events: unknown = Array.isArray(value) ? value : [value];
  if (!Array.isArray(events) || events.length === 0) return fail({ kind: 'no-events' });
  return events.length > mostEvents ? fail({ kind: 'too-many-events', most: mostEvents }) : ok(events);
}

const told = (results: readonly EventFate[]): object => ({ ...countFates(results), results });
