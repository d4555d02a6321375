import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../architecture/source-files.ts';

const items = [{ id: 'milk', name: '牛奶', minutes: 5 }];

test('[DEMO9] the player ends itself when its server stays silent', { timeout: 20_000 }, async () => {
  let batches = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') batches++;
    const place = { serverMs: 1e12, onAir: [{ broadcast: 'c', endedMs: null, items }] };
    response.end(JSON.stringify(request.method === 'POST' ? { accepted: 1, known: 0, refused: 0 } : place));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const given = ['--address', address, '--campaign', 'c', '--source', 's', '--secret', 'x', '--patience', '0.5'];
  const child = spawn(process.execPath, [join(root, 'sync-server/commands/simulate.ts'), ...given], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await expect.poll(() => batches, { timeout: 10_000 }).toBeGreaterThan(0);
  server.closeAllConnections();
  server.close();
  expect(await ended).toBe(1);
  expect(said).toContain('no answer');
});
