/**
 * Starts and stops the simulated broadcast of a demo workspace: a child process with a source of its own, which sends
 * over HTTP like any platform. The source lives as long as the child, the child no longer than the broadcast.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { Hono } from 'hono';
import * as v from 'valibot';
import { fail, ok } from '#core/result.ts';
import type { Role } from '#core/units/role.ts';
import { isSlug } from '#core/units/ids.ts';
import { parseBody } from '#sync-server/access/parse-body.ts';
import type { RequestContext } from '#sync-server/access/request-context.ts';
import type { RouteModule } from '#sync-server/access/route-module.ts';
import { requireRole } from '#sync-server/access/session.ts';
import type { NearBroadcast } from './broadcasts.ts';

export interface SimulateDeps {
  readonly sources: {
    create(workspace: string, name: string, by: string): Promise<{ readonly id: string; readonly secret: string }>;
    remove(workspace: string, id: string): Promise<boolean>;
  };
  listOnAir(workspace: string): Promise<readonly NearBroadcast[]>;
  someViewers(workspace: string, most: number): Promise<readonly string[]>;
  /** The simulator's program. */
  readonly command: string;
  /** Where this server listens on this machine. */
  address(): string;
  report(kind: string, detail: string): void;
}

const starters: readonly Role[] = ['owner', 'operator', 'assistant'];
const bodySchema = v.object({
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(240)), 45),
  speed: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10)), 1),
});

/** Why a broadcast cannot be played; null when it can. */
const refusalOf = (found: NearBroadcast | undefined): 'not-near' | 'already-ended' | 'no-products' | null =>
  !found ? 'not-near' : found.endedMs !== null ? 'already-ended' : found.items.length === 0 ? 'no-products' : null;

export const createSimulateRoutes = (
  deps: SimulateDeps,
): RouteModule & { stop(workspace: string, broadcast: string): void; stopAll(): void } => {
  const routes = new Hono<RequestContext>();
  const running = new Map<string, ChildProcess>();

  routes.post('/api/workspaces/:workspace/broadcasts/:broadcast/simulate', async (context) => {
    const { session, answer } = context.var;
    const { workspace, broadcast } = context.req.param();
    const member = requireRole(session, workspace, starters);
    if (!member.ok) return answer(member);
    if (!member.value.isDemo || !isSlug(broadcast)) return answer(fail({ kind: 'not-allowed' }));
    const body = await parseBody(context.req, bodySchema);
    if (!body.ok) return answer(body);
    const key = `${workspace}/${broadcast}`;
    const refusal = refusalOf((await deps.listOnAir(workspace)).find((each) => each.broadcast === broadcast));
    if (refusal) return answer(fail({ kind: refusal }));
    if (!running.has(key)) await start(key, workspace, broadcast, body.value, session?.member.id ?? '');
    return answer(ok({ isRunning: true }));
  });

  routes.delete('/api/workspaces/:workspace/broadcasts/:broadcast/simulate', (context) => {
    const { workspace, broadcast } = context.req.param();
    const member = requireRole(context.var.session, workspace, starters);
    if (!member.ok) return context.var.answer(member);
    running.get(`${workspace}/${broadcast}`)?.kill('SIGTERM');
    return context.var.answer(ok({ isRunning: false }));
  });

  routes.get('/api/workspaces/:workspace/broadcasts/:broadcast/simulate', (context) => {
    const { workspace, broadcast } = context.req.param();
    const member = requireRole(context.var.session, workspace, starters);
    return member.ok
      ? context.json({ isRunning: running.has(`${workspace}/${broadcast}`) })
      : context.var.answer(member);
  });

  async function start(
    key: string,
    workspace: string,
    broadcast: string,
    given: v.InferOutput<typeof bodySchema>,
    by: string,
  ): Promise<void> {
    const source = await deps.sources.create(workspace, 'Simulator', by);
    const viewers = await deps.someViewers(workspace, 60);
    const options = {
      address: deps.address(),
      workspace,
      campaign: broadcast,
      source: source.id,
      minutes: given.minutes,
      speed: given.speed,
      viewers: viewers.join(','),
    };
    const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(process.execPath, [deps.command, ...flags], { stdio: ['pipe', 'ignore', 'pipe'] });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${source.secret}\n`);
    running.set(key, child);
    child.stderr?.on('data', (text: Buffer) => deps.report('simulate', text.toString('utf8').trim()));
    child.once('error', (error) => deps.report('simulate', String(error)));
    child.once('close', () => {
      running.delete(key);
      void deps.sources.remove(workspace, source.id);
    });
  }

  return {
    routes,
    /** A broadcast that is over needs no one to play it. */
    stop: (workspace, broadcast) => void running.get(`${workspace}/${broadcast}`)?.kill('SIGTERM'),
    stopAll: () => {
      for (const child of running.values()) child.kill('SIGTERM');
    },
  };
};
