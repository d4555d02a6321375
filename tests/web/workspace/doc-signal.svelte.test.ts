import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { docSignal, recordsSignal } from '#web/workspace/doc-signal.svelte.ts';

test('reads again only when the document changed, and only while something shows it', () => {
  const doc = new Y.Doc();
  const names = doc.getMap<string>('names');
  let reads = 0;
  const signal = docSignal([names as unknown as Y.AbstractType<unknown>], () => {
    reads += 1;
    return [...names.values()].join(',');
  });
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(signal.current));
  });
  flushSync();
  expect(seen).toEqual(['']);
  names.set('a', 'milk');
  flushSync();
  expect(seen).toEqual(['', 'milk']);
  const readsWhileShown = reads;
  stop();
  names.set('b', 'oats');
  expect(reads).toBe(readsWhileShown);
  expect(signal.current).toBe('milk,oats');
});

test('misses nothing that changed while nobody looked', () => {
  const doc = new Y.Doc();
  const list = doc.getArray<number>('list');
  const signal = docSignal([list as unknown as Y.AbstractType<unknown>], () => list.toArray());
  const show = (): number[] => {
    let value: number[] = [];
    const stop = $effect.root(() => {
      $effect(() => void (value = [...signal.current]));
    });
    flushSync();
    stop();
    return value;
  };
  expect(show()).toEqual([]);
  list.push([1, 2]);
  expect(show()).toEqual([1, 2]);
});

test('hears changes deep inside, and reads once for two who look', () => {
  const doc = new Y.Doc();
  const cards = doc.getMap<Y.Map<unknown>>('cards');
  const title = new Y.Text('Friday');
  cards.set('c1', new Y.Map<unknown>([['title', title]]));
  let reads = 0;
  const signal = docSignal([cards as unknown as Y.AbstractType<unknown>], () => {
    reads += 1;
    return cards.get('c1')?.get('title')?.toString();
  });
  const seen: unknown[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(signal.current));
    $effect(() => void signal.current);
  });
  flushSync();
  expect(reads).toBe(1);
  title.insert(6, ' show');
  flushSync();
  stop();
  expect(seen).toEqual(['Friday', 'Friday show']);
  expect(reads).toBe(2);
});

test('records are told which of them changed, deep inside too, and read anew after nobody looked', () => {
  const doc = new Y.Doc();
  const cards = doc.getMap<Y.Map<unknown>>('cards');
  cards.set('c1', new Y.Map<unknown>([['title', new Y.Text('Friday')]]));
  const asked: unknown[] = [];
  const signal = recordsSignal<number>(cards as unknown as Y.AbstractType<unknown>, (before, changed) => {
    asked.push(before === undefined ? 'all' : [...(changed ?? [])].sort());
    return cards.size;
  });
  const look = (): (() => void) => {
    const stop = $effect.root(() => {
      $effect(() => void signal.current);
    });
    flushSync();
    return stop;
  };
  const stop = look();
  (cards.get('c1')?.get('title') as Y.Text).insert(0, 'Good ');
  cards.set('c2', new Y.Map());
  flushSync();
  cards.delete('c2');
  flushSync();
  stop();
  cards.delete('c1');
  look()();
  expect(asked).toEqual(['all', ['c1', 'c2'], ['c2'], 'all']);
});
