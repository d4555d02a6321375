import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import { addressChoices, anyText } from '#web/screens/insight/address-choices.svelte.ts';

const router = vi.hoisted(() => ({
  page: { url: new URL('http://x/w/insight/stages?kind=rfm&span=5&from=2026-01-01') },
}));
vi.mock('$app/state', () => router);
vi.mock('$app/navigation', () => ({
  goto: (url: URL) => {
    router.page.url = url;
  },
}));

test('what the address says is chosen, what it may not say is the first; a choice goes back into it', () => {
  const cleanup = $effect.root(() => {
    const chosen = addressChoices({ kind: ['stage', 'rfm'], span: ['7', '30'], from: anyText });
    flushSync();
    expect({ ...chosen }).toEqual({ kind: 'rfm', span: '7', from: '2026-01-01' });
    expect(router.page.url.search).toBe('?kind=rfm&from=2026-01-01');
    chosen.kind = 'stage';
    chosen.span = '30';
    chosen.from = '';
    flushSync();
    expect(router.page.url.search).toBe('?span=30');
  });
  cleanup();
});
