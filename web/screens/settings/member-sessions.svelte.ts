/** Where one member is signed in, as the server tells it. */
import { askServer, type ServerAnswer } from '#web/workspace/session.ts';

export interface SignedInDevice {
  readonly id: string;
  /** System and browser, in two words; empty when none was seen yet. */
  readonly device: string;
  readonly seenMs: number;
  readonly isThis: boolean;
}

export class MemberSessions {
  readonly #path: string;
  list = $state.raw<readonly SignedInDevice[] | null>(null);
  failure = $state<string | null>(null);

  constructor(workspace: string, member: string) {
    this.#path = `/api/workspaces/${workspace}/members/${member}/sessions`;
  }

  async read(): Promise<void> {
    const answer = await askServer<{ sessions: readonly SignedInDevice[] }>('GET', this.#path);
    this.failure = answer.ok ? null : answer.error.kind;
    if (answer.ok) this.list = answer.value.sessions;
  }

  async end(id: string): Promise<ServerAnswer<unknown>> {
    const answer = await askServer('DELETE', `${this.#path}/${id}`);
    await this.read();
    return answer;
  }
}
