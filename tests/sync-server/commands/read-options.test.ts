import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const run = (name: string, word: string) =>
  spawnSync(process.execPath, [`sync-server/commands/${name}.ts`, word], { encoding: 'utf8' });

test('[CMD1] a command that would change something only says how it is called', () => {
  expect(run('rotate-key', '--help')).toMatchObject({
    status: 0,
    stdout: 'usage: npm run rotate-key -- [--give-up-lost]\n',
    stderr: '',
  });
});

test('[CMD2] an unknown word is one line, and 2', () => {
  const unknown = run('simulate', '--nonsense');
  expect(unknown.stderr).toMatch(/^Unknown option '--nonsense'; usage: npm run simulate [^\n]*\n$/);
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
});
