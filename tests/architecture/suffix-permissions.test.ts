import { expect, test } from 'vitest';
import { parseSource, readSources, scriptOf, type SourceFile } from './source-files.ts';

/** A suffix is a permission: what only files with that suffix may do. */
const findBreaches = (file: SourceFile): string[] => {
  const { path } = file;
  const script = scriptOf(path, file.text);
  const values = file.imports.filter(({ isTypeOnly }) => !isTypeOnly);
  const breaches: string[] = [];
  if (path.startsWith('core/') && !path.endsWith('.doc.ts') && values.some(({ specifier }) => specifier === 'yjs'))
    breaches.push(`${path} imports yjs`);
  if (path.startsWith('web/screens/') && values.some(({ specifier }) => specifier === 'yjs'))
    breaches.push(`${path} imports yjs`);
  if (!/\.svelte(\.ts)?$/.test(path) && /(^|[^.\w`])\$(state|derived|effect)(\.\w+)?\s*[<(]/.test(script))
    breaches.push(`${path} uses runes`);
  const mayHono =
    path.endsWith('.routes.ts') || path === 'sync-server/application.ts' || path === 'sync-server/main.ts';
  if (
    path.startsWith('sync-server/') &&
    !mayHono &&
    values.some(({ specifier }) => specifier === 'hono' || specifier.startsWith('hono/'))
  )
    breaches.push(`${path} imports hono`);
  const mayWorker = path.endsWith('.worker.ts') || path === 'web/service-worker.ts';
  if (
    path.startsWith('web/') &&
    !mayWorker &&
    /\b(DedicatedWorkerGlobalScope|SharedWorkerGlobalScope|WorkerGlobalScope|importScripts)\b/.test(script)
  ) {
    breaches.push(`${path} touches worker globals`);
  }
  if (path.startsWith('sync-server/') && path !== 'sync-server/configuration.ts' && /\bprocess\.env\b/.test(script))
    breaches.push(`${path} reads process.env`);
  return breaches;
};

test('suffixes are permissions', () => {
  expect(['core', 'web', 'sync-server'].flatMap((floor) => readSources(floor).flatMap(findBreaches))).toEqual([]);
});

test('planted breaches are caught', () => {
  expect(findBreaches(parseSource('core/campaigns/board.ts', "import * as Y from 'yjs';"))).toHaveLength(1);
  expect(findBreaches(parseSource('core/campaigns/board.doc.ts', "import * as Y from 'yjs';"))).toEqual([]);
  expect(findBreaches(parseSource('web/workspace/x.ts', 'let x = $state(0);'))).toHaveLength(1);
  expect(findBreaches(parseSource('sync-server/rooms/room.ts', "import { Hono } from 'hono';"))).toHaveLength(1);
  expect(findBreaches(parseSource('sync-server/rooms/room.ts', 'process.env.PORT;'))).toHaveLength(1);
});
