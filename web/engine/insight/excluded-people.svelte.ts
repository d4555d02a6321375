/** Who is no customer though in the data; saying so of somebody, and letting them count again. */
import { type Exclusion, type ExclusionReason, setExclusion } from '#core/identity/exclusions.doc.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';
import type { ExcludedPerson } from './exclusions.messages.ts';
import type { EngineClient } from './messages.ts';
import type { InsightRequests } from './requests.ts';

export class ExcludedPeople {
  /** Null until the facts have answered. */
  list = $state.raw<readonly ExcludedPerson[] | null>(null);
  readonly #workspace: Workspace;
  readonly #settings: OpenDocument;

  /** Where effects may be made: while a component is set up, for one. */
  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.#workspace = workspace;
    this.#settings = workspace.open('settings');
    $effect(() => () => this.#settings.close());
    $effect(() => {
      void engine.version;
      if (engine.state.phase !== 'ready') return;
      void engine.ask('exclusions.people', null).then(
        ({ body }) => (this.list = body),
        () => undefined,
      );
    });
  }

  get canWrite(): boolean {
    return this.#settings.access === 'write';
  }

  of(id: string): ExcludedPerson | null {
    return this.list?.find((person) => person.id === id || person.ids.includes(id)) ?? null;
  }

  /** Answers how to take it back. */
  exclude(id: string, reason: ExclusionReason): () => void {
    const { member, nowMs } = this.#workspace;
    this.#set([id], { reason, atMs: nowMs(), member: member.id });
    return () => this.#set([id], null);
  }

  /** Answers how to take it back. */
  countAgain({ ids, reason, atMs, member }: ExcludedPerson): () => void {
    this.#set(ids, null);
    return () => this.#set(ids, { reason, atMs, member });
  }

  #set(ids: readonly string[], exclusion: Exclusion | null): void {
    setExclusion(this.#settings.doc, ids, exclusion);
  }
}
