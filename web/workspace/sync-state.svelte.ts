/**
 * The truth for the sync badge, made from what every open document reports: what is on this device's disk and what the
 * server has confirmed. It never says "on the server" before the server has answered.
 */
import type { DocumentReport } from './documents.ts';

export type SyncKind = 'opening' | 'server' | 'device' | 'waiting' | 'offline' | 'read-only' | 'failed';

export interface WaitingChange {
  readonly path: string;
  readonly place: string;
  readonly atMs: number;
}

export class SyncState {
  readonly #home: 'server' | 'device';
  readonly #nowMs: () => number;
  readonly #mayWrite: boolean;
  #reports = $state.raw<readonly DocumentReport[]>([]);
  #offlineSinceMs = $state<number | null>(null);
  /** Work outside the documents that the server does not have yet: parts of imports, for one. */
  #elsewhere = $state(0);

  /** `mayWrite`: whether the role may write any document at all. */
  constructor(home: 'server' | 'device', nowMs: () => number, mayWrite = true) {
    this.#home = home;
    this.#nowMs = nowMs;
    this.#mayWrite = mayWrite;
    this.#offlineSinceMs = home === 'server' ? nowMs() : null;
  }

  readonly waiting: readonly WaitingChange[] = $derived(
    this.#reports
      .flatMap(({ path, waiting }) => waiting.map(({ place, atMs }) => ({ path, place, atMs })))
      .sort((a, b) => a.atMs - b.atMs),
  );
  readonly waitingCount: number = $derived(this.waiting.length + this.#elsewhere);
  readonly unsavedCount: number = $derived(sum(this.#reports.map(({ unsaved }) => unsaved)));
  readonly failure = $derived(this.#reports.find(({ failure }) => failure !== null)?.failure ?? null);
  readonly withheld = $derived(this.#reports.find(({ withheld }) => withheld !== null)?.withheld ?? null);
  readonly isConnected: boolean = $derived(this.#reports.some(({ isConnected }) => isConnected));

  readonly kind: SyncKind = $derived.by(() => {
    if (this.failure !== null) return 'failed';
    if (this.#home === 'device') return 'device';
    if (this.waitingCount > 0) return 'waiting';
    // Opening is not being offline; as soon as one document knows better, the badge does.
    if (!this.isConnected) return this.#reports.every(({ isTrying }) => isTrying) ? 'opening' : 'offline';
    if (this.#reports.some(({ isSynced }) => !isSynced)) return 'opening';
    return this.#mayWrite ? 'server' : 'read-only';
  });

  /** Since when no document has been connected; null while one is. */
  get offlineSinceMs(): number | null {
    return this.isConnected ? null : this.#offlineSinceMs;
  }

  take(report: DocumentReport): void {
    const wasConnected = this.isConnected;
    this.#reports = [...this.#reports.filter(({ path }) => path !== report.path), report];
    this.#noteConnection(wasConnected);
  }

  drop(path: string): void {
    const wasConnected = this.isConnected;
    this.#reports = this.#reports.filter((report) => report.path !== path);
    this.#noteConnection(wasConnected);
  }

  setElsewhere(count: number): void {
    this.#elsewhere = count;
  }

  #noteConnection(wasConnected: boolean): void {
    if (this.#home === 'server' && wasConnected && !this.isConnected) this.#offlineSinceMs = this.#nowMs();
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
