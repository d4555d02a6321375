import { expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Presence } from '#web/workspace/presence.svelte.ts';

const lan = { id: 'lan', name: 'Lan', role: 'operator' } as const;
const bo = { id: 'bo', name: 'Bo', role: 'assistant' } as const;

const aDesk = () => {
  const seen = new Awareness(new Y.Doc());
  let nowMs = 1_000_000;
  const presence = new Presence(seen, lan, () => nowMs);
  const hear = (from: Awareness): void => {
    nowMs += 1000;
    applyAwarenessUpdate(seen, encodeAwarenessUpdate(from, [from.clientID]), 'test');
  };
  return { presence, hear, pass: (ms: number) => (nowMs += ms) };
};

const aClient = (state: Record<string, unknown>): Awareness => {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState({ member: bo, ...state });
  return awareness;
};

test('a person stays where one of their tabs is, whatever their others say after it', () => {
  const { presence, hear } = aDesk();
  const tab = aClient({ field: 'item/a/script' });
  const worker = aClient({});
  hear(worker);
  hear(tab);
  expect(presence.others.map(({ member, field }) => [member.id, field])).toEqual([['bo', 'item/a/script']]);
  worker.setLocalState(worker.getLocalState());
  hear(worker);
  expect(presence.others.map(({ field }) => field)).toEqual(['item/a/script']);
  tab.setLocalStateField('field', null);
  hear(tab);
  expect(presence.others.map(({ field, isAway }) => [field, isAway])).toEqual([[null, false]]);
});

test('of a tab that was closed nothing is believed while another is here; without one they are away', () => {
  const { presence, hear, pass } = aDesk();
  const tab = aClient({ field: 'item/a' });
  const other = aClient({ field: null });
  hear(tab);
  hear(other);
  expect(presence.others.map(({ field }) => field)).toEqual(['item/a']);
  tab.setLocalState(null);
  hear(tab);
  expect(presence.others.map(({ field, isAway }) => [field, isAway])).toEqual([[null, false]]);
  pass(31_000);
  expect(presence.others.map(({ isAway }) => isAway)).toEqual([true]);
});
