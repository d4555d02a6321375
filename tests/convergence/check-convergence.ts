import { expect } from 'vitest';
import * as Y from 'yjs';
import type { OperationTable } from './operation-table.ts';
import { RandomNetwork, type Step, chooseStep } from './random-network.ts';
import { seededDice } from './seeded-dice.ts';

/** Chooses and takes the steps of a run; on failure the error carries the seed and every step, to be saved and shrunk. */
export const runSeed = (table: OperationTable, seed: number, stepCount: number): void => {
  const dice = seededDice(seed);
  const network = new RandomNetwork(table);
  const steps: Step[] = [];
  try {
    for (let at = 0; at < stepCount; at++) {
      const step = chooseStep(dice, network, table);
      if (!step) continue;
      steps.push(step);
      network.take(step);
    }
    expectConverged(table, network);
  } catch (cause) {
    throw new Error(`${table.name} diverged, seed ${seed}, steps:\n${JSON.stringify(steps)}`, { cause });
  }
};

/** Replays a saved run. */
export const runSteps = (table: OperationTable, steps: readonly Step[]): void => {
  const network = new RandomNetwork(table);
  for (const step of steps) network.take(step);
  expectConverged(table, network);
};

/** All copies read the same and have the same state; so does each, reopened from its bytes or from its log. */
const expectConverged = (table: OperationTable, network: RandomNetwork): void => {
  network.settle();
  const [first] = network.replicas;
  if (!first) throw new Error('a network of nobody');
  const expected = table.read(first.doc);
  const state = stateOf(first.doc);
  for (const { doc, log } of network.replicas) {
    expect(table.read(doc)).toEqual(expected);
    expect(stateOf(doc)).toEqual(state);
    expect(doc.store.pendingStructs).toBeNull();
    const before = Y.encodeStateAsUpdate(doc);
    for (const bytes of [before, Y.mergeUpdates(log.length > 0 ? log : [before])]) {
      const reopened = new Y.Doc();
      Y.applyUpdate(reopened, bytes);
      expect(table.read(reopened)).toEqual(expected);
      expect(stateOf(reopened)).toEqual(state);
    }
    table.check?.(doc);
    // Reading wrote nothing.
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  }
};

const stateOf = (doc: Y.Doc): readonly (readonly [number, number])[] =>
  [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
