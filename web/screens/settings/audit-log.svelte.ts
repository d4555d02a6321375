/** The workspace's audit log as the server tells it, newest first, and the names it keeps. */
import { askServer } from '#web/workspace/session.ts';

export interface AuditEntry {
  readonly kind: string;
  readonly member: string;
  readonly detail?: string;
  readonly name?: string;
  readonly atMs: number;
}

const firstShown = 20;

export class AuditLog {
  readonly #path: string;
  entries = $state.raw<readonly AuditEntry[] | null>(null);
  /** Of members who were removed. */
  readonly names: Readonly<Record<string, string>> = $derived(
    Object.fromEntries((this.entries ?? []).flatMap(({ detail = '', name }) => (name ? [[detail, name]] : []))),
  );
  failure = $state<string | null>(null);
  /** How many are shown; the table holds all. */
  shown = $state(firstShown);

  constructor(workspace: string) {
    this.#path = `/api/workspaces/${workspace}/audit`;
  }

  async read(): Promise<void> {
    const log = await askServer<{ entries: readonly AuditEntry[] }>('GET', this.#path);
    this.failure = log.ok ? null : log.error.kind;
    if (log.ok) this.entries = log.value.entries.toReversed();
  }

  more(): void {
    this.shown += 100;
  }
}
