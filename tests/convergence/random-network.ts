/**
 * Five copies of one document on a network that delays, reorders, repeats and cuts. A run is plain data (steps), so a
 * failure can be replayed and shrunk without the dice. Messages to a copy that is cut off are lost; on reconnecting it
 * exchanges what is missing with everyone, as a sync server would do.
 */
import * as Y from 'yjs';
import type { Dice, Operation, OperationTable, Plain } from './operation-table.ts';

export type Step =
  | { readonly kind: 'do'; readonly replica: number; readonly name: string; readonly args: Plain }
  | { readonly kind: 'deliver'; readonly replica: number; readonly message: number; readonly again: boolean }
  | { readonly kind: 'cut' | 'connect'; readonly replica: number };

export const replicaCount = 5;

interface Replica {
  readonly doc: Y.Doc;
  readonly inbox: Uint8Array[];
  /** Everything it ever learned, as a server would log it. */
  readonly log: Uint8Array[];
  isConnected: boolean;
}

export class RandomNetwork {
  readonly replicas: readonly Replica[];
  readonly #operations: ReadonlyMap<string, Operation>;

  constructor(table: OperationTable) {
    this.#operations = new Map(table.operations.map((operation) => [operation.name, operation]));
    this.replicas = Array.from({ length: replicaCount }, (_, at) => this.#createReplica(at));
  }

  #createReplica(at: number): Replica {
    const doc = new Y.Doc();
    // Fixed client numbers: they break ties, so a run must not depend on chance.
    doc.clientID = 1000 + at;
    const replica: Replica = { doc, inbox: [], log: [], isConnected: true };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      replica.log.push(update);
      if (origin !== 'network' && replica.isConnected) this.#send(replica, update);
    });
    return replica;
  }

  #send(from: Replica, update: Uint8Array): void {
    for (const other of this.replicas) if (other !== from && other.isConnected) other.inbox.push(update);
  }

  take(step: Step): void {
    const replica = this.replicas[step.replica];
    if (!replica) throw new Error(`no replica ${step.replica}`);
    if (step.kind === 'do') {
      this.#operations.get(step.name)?.apply(replica.doc, step.args as never);
    } else if (step.kind === 'deliver') {
      if (replica.inbox.length === 0) return;
      const at = step.message % replica.inbox.length;
      const message = step.again ? replica.inbox[at] : replica.inbox.splice(at, 1)[0];
      if (message) Y.applyUpdate(replica.doc, message, 'network');
    } else if (step.kind === 'cut') {
      replica.isConnected = false;
      replica.inbox.length = 0;
    } else {
      this.#connect(replica);
    }
  }

  #connect(replica: Replica): void {
    if (replica.isConnected) return;
    replica.isConnected = true;
    for (const other of this.replicas) {
      if (other === replica || !other.isConnected) continue;
      replica.inbox.push(Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(replica.doc)));
      other.inbox.push(Y.encodeStateAsUpdate(replica.doc, Y.encodeStateVector(other.doc)));
    }
  }

  /** Connects all, delivers all, and lets everyone exchange what a lost message left out. */
  settle(): void {
    for (const replica of this.replicas) this.#connect(replica);
    for (const replica of this.replicas) {
      for (const message of replica.inbox.splice(0)) Y.applyUpdate(replica.doc, message, 'network');
    }
    for (const to of this.replicas) {
      for (const from of this.replicas) {
        if (from === to) continue;
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'network');
      }
    }
  }
}

/** Half of the steps deliver one random message, 2 in 100 cut a copy off or bring it back, the rest are edits. */
export const chooseStep = (dice: Dice, network: RandomNetwork, table: OperationTable): Step | null => {
  const replica = dice.below(replicaCount);
  const copy = network.replicas[replica];
  if (!copy) return null;
  if (dice.chance(0.02)) return { kind: copy.isConnected ? 'cut' : 'connect', replica };
  if (dice.chance(0.5)) return { kind: 'deliver', replica, message: dice.below(1_000_000), again: dice.chance(0.05) };
  const operation = dice.pick(table.operations);
  const args = operation.choose(dice, copy.doc);
  return args === null ? null : { kind: 'do', replica, name: operation.name, args };
};
