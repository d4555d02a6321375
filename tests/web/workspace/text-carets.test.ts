import { afterEach, expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { TextCarets } from '#web/workspace/text-carets.svelte.ts';

const close: (() => void)[] = [];
afterEach(() => {
  for (const each of close.splice(0)) each();
});

const twoPeople = () => {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const [mine, theirs] = docs.map((doc) => new Awareness(doc)) as [Awareness, Awareness];
  theirs.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) =>
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [...added, ...updated, ...removed]), 'network'),
  );
  docs[0].getText('t').insert(0, '冷水下锅，焯三分钟');
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
  const clock = { ms: 1_000_000 };
  const i = new TextCarets(mine, { id: 'zhou', name: '周岚', role: 'operator' }, () => clock.ms);
  const they = new TextCarets(theirs, { id: 'li', name: '李禾', role: 'host' }, () => clock.ms);
  close.push(
    () => mine.destroy(),
    () => theirs.destroy(),
  );
  return { i, they, clock, mine, theirs, myText: docs[0].getText('t'), theirText: docs[1].getText('t') };
};

test('a selection stays with its letters while the text before it grows', () => {
  const { i, they, myText, theirText } = twoPeople();
  they.publish('script', theirText, 2, 4);
  expect(i.in('script', myText)).toMatchObject([{ name: '李禾', start: 2, end: 4, isMoving: true, isPast: false }]);
  myText.insert(0, '先');
  expect(i.in('script', myText)).toMatchObject([{ start: 3, end: 5 }]);
  expect(i.in('other', myText)).toEqual([]);
});

test('the flag fades after two seconds, the caret is from the past after thirty', () => {
  const { i, they, clock, myText, theirText } = twoPeople();
  they.publish('script', theirText, 1, 1);
  i.in('script', myText);
  clock.ms += 2500;
  expect(i.in('script', myText)).toMatchObject([{ isMoving: false, isPast: false }]);
  clock.ms += 30_000;
  expect(i.in('script', myText)).toMatchObject([{ isPast: true, lastSeenMs: 1_000_000 }]);
});

test('a person who went away leaves a caret from the past; one who left the text leaves none', () => {
  const { i, they, mine, theirs, myText, theirText } = twoPeople();
  they.publish('script', theirText, 1, 1);
  i.in('script', myText);
  removeAwarenessStates(mine, [theirs.clientID], 'network');
  expect(i.in('script', myText)).toMatchObject([{ isPast: true }]);
  they.publish('script', theirText, 2, 2);
  they.leave();
  expect(i.in('script', myText)).toEqual([]);
});

test('who never stood in a text has no state to be sent', () => {
  const { i, mine, myText } = twoPeople();
  mine.setLocalState(null);
  i.leave();
  i.in('script', myText);
  expect(mine.getLocalState()).toBeNull();
  i.publish('script', myText, 1, 2);
  expect(mine.getLocalState()).toMatchObject({ member: { name: '周岚' }, caret: { field: 'script' } });
  i.leave();
  expect(mine.getLocalState()).toMatchObject({ member: { name: '周岚' }, caret: null });
});

test('a caret nobody can read is not shown', () => {
  const { i, theirs, myText } = twoPeople();
  theirs.setLocalStateField('caret', { field: 'script', anchor: { nonsense: true }, head: 7 });
  expect(i.in('script', myText)).toEqual([]);
});
