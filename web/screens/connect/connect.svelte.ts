/** Moving a workspace of this device to the server, as a person sees it: asked, under way, waiting, failed. */
import { openDeviceDatabase, type RememberedWorkspace } from '#web/device/device-database.ts';
import { connectWorkspace, type ConnectStep, giveUpConnecting } from '#web/workspace/connect-workspace.ts';
import { takeAlone } from '#web/workspace/hold-open.ts';
import { fetchSession } from '#web/workspace/session.ts';

export type ConnectPhase = 'looking' | 'absent' | 'unreachable' | 'asking' | 'others' | 'running' | 'failed';

const retryMs = 3000;

export class Connecting {
  phase = $state<ConnectPhase>('looking');
  workspace = $state.raw<RememberedWorkspace | null>(null);
  step = $state.raw<ConnectStep | null>(null);
  /** The server does not answer; it is asked again. */
  isWaiting = $state(false);
  isGivingUp = $state(false);
  failure = $state<string | null>(null);
  name = $state('');
  /** Whoever is not an owner on this server needs its claim. */
  needsClaim = $state(false);
  /** The one that was given opens nothing. */
  isClaimRefused = $state(false);
  readonly #id: string;
  readonly #database = openDeviceDatabase();
  #wake: () => void = () => undefined;
  #hasGivenUp = false;

  constructor(id: string) {
    this.#id = id;
  }

  async look(claim: string | null): Promise<void> {
    this.phase = 'looking';
    const found = await this.#database.workspaces.get(this.#id).catch(() => undefined);
    if (!found) return void (this.phase = 'absent');
    this.workspace = found;
    this.name = found.memberName;
    if (found.home === 'server') return this.#enter();
    // Begun before: a reload or a closed tab only interrupted it.
    if (found.moving) return this.#run(found);
    const session = await fetchSession();
    if (session === null) return void (this.phase = 'unreachable');
    const isOwner = session.workspaces.some(({ role, isDemo }) => role === 'owner' && !isDemo);
    if (!isOwner && session.isClaimed) return void (this.phase = 'others');
    this.needsClaim = !isOwner && claim === null;
    this.phase = 'asking';
  }

  /** From here on the workspace cannot be opened until it has moved or it was given up. */
  async start(claim: string | null): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    const moving: RememberedWorkspace = { ...workspace, moving: { claim, name: this.name.trim(), isFinal: false } };
    await this.#database.workspaces.put(moving);
    await this.#run(moving);
  }

  /** Back to a workspace that lives on this device, and to nothing of it on the server. */
  async giveUp(): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    this.isGivingUp = true;
    this.#hasGivenUp = true;
    this.#wake();
  }

  readonly wake = (): void => this.#wake();

  async #run(workspace: RememberedWorkspace): Promise<void> {
    this.workspace = workspace;
    this.phase = 'running';
    this.failure = null;
    this.#hasGivenUp = false;
    await takeAlone(workspace.id, () => this.#runAlone(workspace));
  }

  async #runAlone(given: RememberedWorkspace): Promise<void> {
    // Another tab may have been faster.
    const workspace = await this.#database.workspaces.get(given.id);
    if (!workspace?.moving) return this.#enter();
    const { moving } = workspace;
    for (;;) {
      const result = this.#hasGivenUp
        ? null
        : await connectWorkspace({
            database: this.#database,
            workspace,
            moving,
            tell: (step) => {
              // Once the server has everything there is no way back.
              if (this.#hasGivenUp && step.doing !== 'moving') throw new DOMException('given up', 'AbortError');
              this.step = step;
              this.isWaiting = false;
            },
          }).catch((error: unknown) => ({ ok: false as const, error: { kind: String(error) } }));
      if (result?.ok) return this.#enter();
      if (this.#hasGivenUp && (await this.#leave(workspace))) return;
      this.isGivingUp = this.#hasGivenUp = false;
      if (result === null) continue;
      if (result.error.kind === 'unknown-claim') return this.#askAgain(workspace);
      if (result.error.kind !== 'unreachable') {
        this.failure = result.error.kind;
        this.phase = 'failed';
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.failure = null;
        this.phase = 'running';
        continue;
      }
      this.isWaiting = true;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, retryMs);
      });
    }
  }

  /** Nothing was begun under that claim: another one may be given. */
  async #askAgain({ moving: _, ...workspace }: RememberedWorkspace): Promise<void> {
    await this.#database.workspaces.put(workspace);
    this.workspace = workspace;
    this.needsClaim = this.isClaimRefused = true;
    this.phase = 'asking';
  }

  /** False when the server has everything, or may have it and cannot be asked. */
  async #leave({ id }: RememberedWorkspace): Promise<boolean> {
    const { moving, ...rest } = (await this.#database.workspaces.get(id)) ?? {};
    if (!moving || !(await giveUpConnecting(id, moving.isFinal))) return false;
    await this.#database.workspaces.put(rest as RememberedWorkspace);
    this.#enter();
    return true;
  }

  #enter(): void {
    location.replace(`/${this.#id}/today`);
  }
}
