/**
 * When the server fits parameters, and for whom: `README.md` has the rules. What it saw when it last looked at a
 * workspace is a record, so that a restart looks at nothing twice.
 */
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { readImports } from '#core/datasets/imports.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readFactsIndex, readManifest } from '#core/datasets/manifest.doc.ts';
import { readExclusions } from '#core/identity/exclusions.doc.ts';
import { isFitDue } from '#core/insight/profile/is-fit-due.ts';
import { madeByServer, proposeParameters, readParameterRecords } from '#core/insight/profile/parameters.doc.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { parseRoomName, pathOfRoom, workspaceOf } from '#core/workspace/rooms.ts';
import type { WorkspaceRecord } from '#sync-server/access/access.ts';
import type { RoomRegistry } from '#sync-server/rooms/room-registry.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { type FitOrder, fitAside } from './fit-aside.ts';
import { isArriving } from './is-arriving.ts';

export interface FitterDeps {
  /** Without it nothing is ever looked at. */
  readonly wantsFits: boolean;
  readonly rooms: Pick<RoomRegistry, 'read' | 'change' | 'watchNames' | 'place'>;
  readonly storage: Pick<Storage, 'log' | 'blobs' | 'records'>;
  /** How many seconds pass in one real second: 1, but for tests. */
  readonly speed: number;
  nowMs(): number;
  listWorkspaces(): Promise<readonly Pick<WorkspaceRecord, 'id' | 'connecting'>[]>;
  isOnAir(workspace: string): Promise<boolean>;
  report(kind: string, detail: string): void;
}

export interface FitCounters {
  fitted: number;
  failed: number;
  /** Real seconds that fits have taken altogether. */
  seconds: number;
}

export interface Fitter {
  readonly counters: Readonly<FitCounters>;
  open(workspaces: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const quietMs = 3000;
const mostUnquietMs = 300_000;
const hourMs = 3_600_000;
/** So soon after a look that found an import still arriving comes the next. */
const arrivingMs = 10_000;
const afterBroadcastMs = 300_000;
const airLookMs = 5000;
const longestFitMs = 300_000;
const mostLines = 5_000_000;
/** Order lines in manifests moved by less than this share since a fit was last considered: not due by number. */
const movedShare = 0.05;

const onAir = new Error('a broadcast went on air');

/** What was there when a workspace was last looked at. */
interface Looked {
  readonly seen: string;
  /** Order lines in the manifests when a ledger was last built. */
  readonly lines: number;
  /** Of them by import ('' for none): one that was withdrawn and another of its size are a movement of both. */
  readonly linesByImport?: Readonly<Record<string, number>>;
}

export const createFitter = (deps: FitterDeps): Fitter => {
  const fitter = new WorkspaceFitter(deps);
  const stopWatching = deps.rooms.watchNames((room) => {
    if (['settings', 'facts-index'].includes(pathOfRoom(room))) fitter.lookSoon(workspaceOf(room));
  });
  const lookAtAll = async (): Promise<void> => (await deps.listWorkspaces()).forEach(({ id }) => fitter.lookSoon(id));
  const failed = (error: unknown): void => deps.report('fitting', String(error));
  const hourly = setInterval(() => void lookAtAll().catch(failed), hourMs / deps.speed);
  return {
    counters: fitter.counters,
    open: async (workspaces) => workspaces.forEach((id) => fitter.lookSoon(id)),
    close: async () => {
      clearInterval(hourly);
      stopWatching();
      await fitter.close();
    },
  };
};

class WorkspaceFitter {
  readonly counters: FitCounters = { fitted: 0, failed: 0, seconds: 0 };
  readonly #deps: FitterDeps;
  readonly #waiting = new Map<string, { readonly sinceMs: number; readonly timer: NodeJS.Timeout }>();
  readonly #end = new AbortController();
  #queue: Promise<void> = Promise.resolve();

  constructor(deps: FitterDeps) {
    this.#deps = deps;
  }

  lookSoon(workspace: string): void {
    if (!this.#deps.wantsFits) return;
    const nowMs = this.#deps.nowMs();
    const sinceMs = this.#waiting.get(workspace)?.sinceMs ?? nowMs;
    this.#lookIn(workspace, Math.max(0, Math.min(quietMs, sinceMs + mostUnquietMs - nowMs)), sinceMs);
  }

  async close(): Promise<void> {
    this.#end.abort(new Error('the server is stopping'));
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    await this.#queue;
  }

  #lookIn(workspace: string, ms: number, sinceMs = this.#deps.nowMs()): void {
    if (this.#end.signal.aborted) return;
    clearTimeout(this.#waiting.get(workspace)?.timer);
    const look = (): void => {
      this.#waiting.delete(workspace);
      this.#queue = this.#queue.then(() => this.#look(workspace)).catch((error: unknown) => this.#failed(error));
    };
    this.#waiting.set(workspace, { sinceMs, timer: setTimeout(look, ms / this.#deps.speed) });
  }

  async #look(workspace: string): Promise<void> {
    const { rooms, storage, listWorkspaces, isOnAir } = this.#deps;
    const settings = parseRoomName(`${workspace}/settings`);
    if (this.#end.signal.aborted || !settings.ok) return;
    // What is still arriving from a browser is compared with it in the end.
    if (!(await listWorkspaces()).some(({ id, connecting }) => id === workspace && !connecting)) return;
    if (!(await rooms.place(settings.value)).isOwn) return;
    if (await isOnAir(workspace)) return this.#lookIn(workspace, afterBroadcastMs);
    const day = dayFromMs(this.#deps.nowMs()) - 1;
    const key = `${workspace}/looked`;
    const looked = ((await storage.records.read('fits', key))?.value ?? null) as Looked | null;
    const { newest, imports, withdrawnIds, excludedIds } = await rooms.read(`${workspace}/settings`, (doc) => ({
      newest: readParameterRecords(doc).records[0] ?? null,
      excludedIds: new Set(readExclusions(doc).keys()),
      ...readImports(doc),
    }));
    const changes = await rooms.read(`${workspace}/facts-index`, readFactsIndex);
    const count = [...changes.values()].reduce((sum, one) => sum + one, 0);
    const seen = [day, count, ...[...withdrawnIds].toSorted()].join(' ');
    if (looked?.seen === seen) return;
    const records = await this.#readManifests(workspace);
    if (isArriving(imports, records, this.#deps.nowMs())) return this.#lookIn(workspace, arrivingMs);
    const linesByImport = countLines(records, withdrawnIds);
    const lines = Object.values(linesByImport).reduce((sum, one) => sum + one, 0);
    const isOld = isFitDue(newest, day, newest?.lines ?? lines);
    const hasMoved = looked === null || linesMoved(looked, { lines, linesByImport }) >= movedShare * looked.lines;
    const isWorthALedger = lines > 0 && (isOld || hasMoved);
    if (isWorthALedger && !(await this.#fit(workspace, { day, newest, withdrawnIds, excludedIds, records }, lines)))
      return this.#lookIn(workspace, afterBroadcastMs);
    const now: Looked = { ...(isWorthALedger || !looked ? { lines, linesByImport } : looked), seen };
    await storage.records.write([{ collection: 'fits', key, value: now }]);
  }

  async #readManifests(workspace: string): Promise<readonly ManifestRecord[]> {
    const { rooms, storage } = this.#deps;
    const records: ManifestRecord[] = [];
    for (const room of await storage.log.list(workspace))
      if (room.startsWith(`${workspace}/facts/`)) records.push(...(await rooms.read(room, readManifest)).records);
    return records;
  }

  /** False when a broadcast came in between, or the server stops. */
  async #fit(workspace: string, order: Omit<FitOrder, 'products'>, lines: number): Promise<boolean> {
    const { rooms, storage, nowMs, report } = this.#deps;
    if (lines > mostLines) {
      this.#failed(new Error(`${lines} order lines are more than this server learns from`));
      return true;
    }
    const startedMs = performance.now();
    const bound = this.#bind(workspace);
    try {
      const { products } = await rooms.read(`${workspace}/catalogue`, readCatalogue);
      const readBlob = (hash: string): Promise<Uint8Array | null> => storage.blobs.read(workspace, hash);
      const fit = await fitAside({ ...order, products }, readBlob, bound.signal);
      const seconds = (performance.now() - startedMs) / 1000;
      this.counters.seconds += seconds;
      if (fit === null) return true;
      const proposal = { ...fit, madeMs: nowMs(), madeBy: madeByServer };
      let isSound = true;
      await rooms.change(`${workspace}/settings`, 'propose-parameters', (doc) => {
        const proposed = proposeParameters(doc, proposal);
        isSound = proposed.ok || proposed.error.kind !== 'unsound';
      });
      if (!isSound) throw new Error('what was learnt cannot be computed with');
      this.counters.fitted += 1;
      report('parameters-fitted', tellFit(workspace, fit, seconds));
      return true;
    } catch (error) {
      if (error === onAir || this.#end.signal.aborted) return false;
      this.#failed(error);
      return true;
    } finally {
      bound.release();
    }
  }

  /** Ends a fit when the server stops, when it takes too long, and when a broadcast goes on air. */
  #bind(workspace: string): { readonly signal: AbortSignal; release(): void } {
    const { isOnAir, speed } = this.#deps;
    const broadcast = new AbortController();
    const look = async (): Promise<void> => {
      if (await isOnAir(workspace)) broadcast.abort(onAir);
    };
    const timer = setInterval(() => void look().catch(() => undefined), airLookMs / speed);
    const signal = AbortSignal.any([this.#end.signal, broadcast.signal, AbortSignal.timeout(longestFitMs)]);
    return { signal, release: () => clearInterval(timer) };
  }

  #failed(error: unknown): void {
    this.counters.failed += 1;
    this.#deps.report('parameters-not-fitted', String(error));
  }
}

const countLines = (
  records: readonly ManifestRecord[],
  withdrawnIds: ReadonlySet<string>,
): Readonly<Record<string, number>> => {
  const lines: Record<string, number> = {};
  for (const { kind, importId, lines: more } of records)
    if (kind === 'order-line' && !withdrawnIds.has(importId)) lines[importId] = (lines[importId] ?? 0) + more;
  return lines;
};

/** Order lines that came and that went, together. */
const linesMoved = (before: Omit<Looked, 'seen'>, now: Omit<Looked, 'seen'>): number => {
  const [old, fresh] = [before.linesByImport, now.linesByImport ?? {}];
  if (!old) return Math.abs(now.lines - before.lines);
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].reduce(
    (sum, id) => sum + Math.abs((fresh[id] ?? 0) - (old[id] ?? 0)),
    0,
  );
};

const tellFit = (
  workspace: string,
  { lines, customers }: { readonly lines: number; readonly customers: number },
  seconds: number,
): string => `${workspace}: ${lines} lines of ${customers} customers, ${seconds.toFixed(1)} s`;
