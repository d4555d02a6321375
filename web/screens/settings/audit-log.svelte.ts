/** The workspace's audit log as the server tells it, newest first, with names of members. */
import { askServer } from '#web/workspace/session.ts';
import type { MemberRow } from './people.svelte.ts';

export interface AuditEntry {
  readonly kind: string;
  readonly member: string;
  readonly detail?: string;
  readonly atMs: number;
}

const firstShown = 20;

export class AuditLog {
  readonly #path: string;
  entries = $state.raw<readonly AuditEntry[] | null>(null);
  names = $state.raw<Readonly<Record<string, string>>>({});
  failure = $state<string | null>(null);
  /** How many are shown; the table holds all. */
  shown = $state(firstShown);

  constructor(workspace: string) {
    this.#path = `/api/workspaces/${workspace}`;
  }

  async read(): Promise<void> {
    const [log, members] = await Promise.all([
      askServer<{ entries: readonly AuditEntry[] }>('GET', `${this.#path}/audit`),
      askServer<{ members: readonly MemberRow[] }>('GET', `${this.#path}/members`),
    ]);
    this.failure = log.ok ? null : log.error.kind;
    if (log.ok) this.entries = log.value.entries.toReversed();
    if (members.ok) this.names = Object.fromEntries(members.value.members.map(({ id, name }) => [id, name]));
  }

  more(): void {
    this.shown += 100;
  }
}
