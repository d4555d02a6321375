/** People of the workspace as the server tells them, and what the owner does about them. */
import type { Role } from '#core/units/role.ts';
import { askServer, type ServerAnswer } from '#web/workspace/session.ts';

export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly joinedMs: number;
}

export interface OpenInvitation {
  readonly id: string;
  readonly role: Role;
  readonly expiresMs: number;
  readonly usesLeft: number;
  readonly createdMs: number;
  /** Who made it; empty when the server did. */
  readonly createdBy: string;
}

export interface FreshInvitation extends Omit<OpenInvitation, 'createdMs' | 'createdBy'> {
  readonly token: string;
  readonly address: string;
}

export class People {
  readonly #path: string;
  readonly #mayInvite: boolean;
  #reading: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  members = $state.raw<readonly MemberRow[] | null>(null);
  invitations = $state.raw<readonly OpenInvitation[]>([]);
  /** Why the list could not be read. */
  failure = $state<string | null>(null);
  /** Made just now; its link is shown this once. */
  fresh = $state.raw<FreshInvitation | null>(null);
  isInviting = $state(false);

  constructor(workspace: string, mayInvite: boolean) {
    this.#path = `/api/workspaces/${workspace}`;
    this.#mayInvite = mayInvite;
  }

  /** However often it is asked while one reading is under way, one more follows. */
  read(): Promise<void> {
    this.#next ??= this.#reading.then(() => {
      this.#next = null;
      return (this.#reading = this.#ask());
    });
    return this.#next;
  }

  async #ask(): Promise<void> {
    const [answer, open] = await Promise.all([
      askServer<{ members: readonly MemberRow[] }>('GET', `${this.#path}/members`),
      this.#mayInvite
        ? askServer<{ invitations: readonly OpenInvitation[] }>('GET', `${this.#path}/invitations`)
        : null,
    ]);
    this.failure = answer.ok ? null : answer.error.kind;
    if (answer.ok) this.members = answer.value.members;
    if (open?.ok) this.invitations = open.value.invitations.filter(({ usesLeft }) => usesLeft > 0);
  }

  async invite(role: Role): Promise<ServerAnswer<unknown>> {
    this.isInviting = true;
    const answer = await askServer<FreshInvitation>('POST', `${this.#path}/invitations`, { role });
    this.isInviting = false;
    if (answer.ok) this.fresh = answer.value;
    await this.read();
    return answer;
  }

  async withdraw(id: string): Promise<ServerAnswer<unknown>> {
    const answer = await askServer('DELETE', `${this.#path}/invitations/${id}`);
    if (answer.ok && this.fresh?.id === id) this.fresh = null;
    await this.read();
    return answer;
  }

  async changeRole(member: string, role: Role): Promise<ServerAnswer<unknown>> {
    const answer = await askServer('PATCH', `${this.#path}/members/${member}`, { role });
    await this.read();
    return answer;
  }

  /** A link that lets this very member in again. */
  inviteBack(member: string): Promise<ServerAnswer<{ readonly address: string }>> {
    return askServer('POST', `${this.#path}/members/${member}/invite-back`);
  }

  async remove(member: string): Promise<ServerAnswer<unknown>> {
    const answer = await askServer('DELETE', `${this.#path}/members/${member}`);
    await this.read();
    return answer;
  }
}
