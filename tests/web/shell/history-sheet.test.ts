import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import { addCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { addCard, cardText, removeCard } from '#core/campaigns/campaign.doc.ts';
import { keepClip, setClipWindow } from '#core/content/library.doc.ts';
import { messageTextOf } from '#core/journeys/journeys.doc.ts';
import { toasts } from '#web/controls/toasts.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import HistorySheet from '#web/shell/HistorySheet.svelte';
import ToastHost from '#web/controls/ToastHost.svelte';

const plan = 'campaign/c1';
const wang = { id: 'm1', name: 'Wang' };
let docs: Map<string, Y.Doc>;
let version: Uint8Array;
let asked: { method: string; path: string; body: unknown }[];
let isCutOff: boolean;
let restorings: unknown[];
let breaksOff: boolean;

const docOf = (path: string): Y.Doc => {
  const doc = docs.get(path) ?? new Y.Doc();
  docs.set(path, doc);
  return doc;
};
const aWorkspace = (given: Partial<Workspace> = {}): Workspace =>
  ({
    id: 'w1',
    home: 'server',
    member: { ...wang, role: 'operator' },
    open: (path: string) => ({ doc: docOf(path), access: 'write', close: () => undefined }),
    accessTo: () => 'write',
    presence: { tellRestored: (told: unknown) => void restorings.push(told) },
    ...given,
  }) as unknown as Workspace;
const show = (workspace = aWorkspace(), onclose = (): void => undefined, paths = [plan]): void =>
  void render(HistorySheet, { workspace, subject: { title: 'Friday', paths }, onclose });

const kept = { id: 'v1', kind: 'named', name: 'Before the mess', atMs: Date.UTC(2026, 10, 20, 3), member: wang };
const answer = (method: string, path: string): Response => {
  if (path.endsWith('/versions/v1'))
    return new Response(breaksOff ? new ReadableStream({ start: (body) => body.error() }) : version.slice());
  if (path.endsWith('/history'))
    return Response.json({
      versions: [kept],
      changes: [
        {
          kind: 'edit',
          member: { id: 'm2', name: 'Li' },
          atMs: kept.atMs + 60_000,
          untilMs: kept.atMs + 300_000,
          objects: [
            { collection: 'cards', id: 'a', act: 'changed' },
            { collection: 'cards', id: 'b', act: 'removed' },
          ],
        },
      ],
      labels: { 'cards/b': { title: 'Samples', productId: '' } },
    });
  return Response.json(method === 'POST' && path.endsWith('/restores') ? { before: 'v0', objects: [] } : kept);
};

beforeEach(() => {
  language.current = 'en';
  docs = new Map();
  asked = [];
  restorings = [];
  isCutOff = breaksOff = false;
  const doc = docOf(plan);
  addCard(doc, { id: 'a', title: 'Poster' });
  addCard(doc, { id: 'b', title: 'Samples' });
  version = Y.encodeStateAsUpdate(doc);
  cardText(doc, 'a', 'title')?.insert(6, ' for the window');
  removeCard(doc, 'b');
  addCard(doc, { id: 'c', title: 'Later' });
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    if (isCutOff) throw new TypeError('offline');
    asked.push({ method, path, body: body === undefined ? null : JSON.parse(body as string) });
    return answer(method, path);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('[HIS12] says who changed what, compares a version with now, and restores what is ticked after a question', async () => {
  render(ToastHost);
  show();
  await expect.element(page.getByText('Changed card “Poster for the window”')).toBeVisible();
  await expect.element(page.getByText('Removed card “Samples”')).toBeVisible();
  await page.getByRole('button', { name: 'Compare with now: Before the mess' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Before the mess' })).toBeVisible();
  await expect.element(page.getByText('for the window', { exact: false }).first()).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: 'Restore “Poster for the window”' })).toBeChecked();
  await expect.element(page.getByRole('checkbox', { name: 'Restore “Samples”' })).toBeChecked();
  // What came later stays unless somebody asks.
  await expect.element(page.getByRole('checkbox', { name: 'Restore “Later”' })).not.toBeChecked();
  await page.getByRole('checkbox', { name: 'Restore “Poster for the window”' }).click();
  await page.getByRole('button', { name: 'Restore 1 selected' }).click();
  const question = page.getByRole('alertdialog', { name: 'Restore to “Before the mess”?' });
  await expect.element(question.getByText('Come back: 1 (Samples)')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(asked.some(({ path }) => path.endsWith('/restores'))).toBe(false);
  await page.getByRole('button', { name: 'Restore 1 selected' }).click();
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await vi.waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith('/restores'))?.body).toEqual({
      version: 'v1',
      objects: [{ path: plan, collection: 'cards', id: 'b' }],
    }),
  );
  // Those who have the plan open hear of it.
  await vi.waitFor(() => expect(restorings).toEqual([[{ id: 'v0', path: plan, titles: ['Samples'] }]]));
  // The way back can be reached while the panel is open.
  await expect.element(page.getByRole('dialog').getByRole('button', { name: 'Take this back' })).toBeVisible();
  // The comparison follows the document.
  docOf(plan).getMap('cards').delete('c');
  await expect.element(page.getByText('Later', { exact: true })).not.toBeInTheDocument();
});

test('restores one object alone, and comes back to the version it was opened from', async () => {
  show();
  await page.getByRole('button', { name: 'Compare with now: Before the mess' }).click();
  await page.getByRole('button', { name: 'Restore only this' }).first().click();
  const question = page.getByRole('alertdialog');
  await expect.element(question.getByText('Go back: 1 (Poster for the window)')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Back to history' }).click();
  await vi.waitFor(() =>
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Compare with now: Before the mess'),
  );
});

test('a name is kept with Enter; without a server, without a network and without rights it says so', async () => {
  show();
  await page.getByLabelText('Name how it is now').fill('  Final ');
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() =>
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'Final', paths: [plan] }),
  );
  document.body.replaceChildren();
  isCutOff = true;
  show();
  await expect.element(page.getByText('The server cannot be reached')).toBeVisible();
  isCutOff = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText('Removed card “Samples”')).toBeVisible();
  document.body.replaceChildren();
  show(aWorkspace({ home: 'device' }));
  await expect.element(page.getByText('No history here')).toBeVisible();
  document.body.replaceChildren();
  const reader = { accessTo: () => 'read', member: { ...wang, role: 'observer' } } as Partial<Workspace>;
  show(aWorkspace({ ...reader, open: (path) => ({ ...aWorkspace().open(path), access: 'read' }) }));
  await page.getByRole('button', { name: 'Compare with now: Before the mess' }).click();
  await expect.element(page.getByText('You may look, and not restore this').first()).toBeVisible();
  expect(page.getByRole('checkbox').elements()).toHaveLength(0);
  expect(page.getByRole('button', { name: 'Remove this version' }).elements()).toHaveLength(0);
});

test('a version whose answer broke off can be opened again', async () => {
  breaksOff = true;
  show();
  const look = page.getByRole('button', { name: 'Compare with now: Before the mess' });
  await look.click();
  await vi.waitFor(() => expect(toasts.list.map(({ kind }) => kind)).toContain('refused'));
  breaksOff = false;
  await look.click();
  await expect.element(page.getByRole('dialog', { name: 'Before the mess' })).toBeVisible();
  toasts.list.forEach(({ id }) => toasts.dismiss(id));
});

test('a message is called by its broadcast and step, and the window of a clip is a time of the film', async () => {
  addCampaign(docOf('settings'), { id: 'c1', title: 'Friday', startMs: 0 });
  const journeys = docOf('journeys');
  messageTextOf(journeys, 'c1', 'confirm').insert(0, 'Thank you');
  version = Y.encodeStateAsUpdate(journeys);
  messageTextOf(journeys, 'c1', 'confirm').insert(9, ' very much');
  show(aWorkspace(), undefined, ['journeys']);
  await page.getByRole('button', { name: 'Compare with now: Before the mess' }).click();
  await expect.element(page.getByText('Friday · Order confirmation', { exact: true })).toBeVisible();
  await expect.element(page.getByText('message', { exact: true })).toBeVisible();
  document.body.replaceChildren();

  const library = docOf('library');
  const mark = { title: 'Crust', text: '', tags: [], productId: '', campaignId: 'c1', byMember: 'm1' };
  keepClip(library, { ...mark, markId: 'k1', startedMs: 0, markedMs: 90_000 });
  version = Y.encodeStateAsUpdate(library);
  setClipWindow(library, 'c1-k1', 125_000, 160_000);
  show(aWorkspace(), undefined, ['library']);
  await page.getByRole('button', { name: 'Compare with now: Before the mess' }).click();
  await expect.element(page.getByText('Clip begins')).toBeVisible();
  const told = [...document.querySelectorAll('del, ins')].map((one) => one.textContent);
  expect(told).toEqual(['Then:0:55', 'Now:2:05', 'Then:1:40', 'Now:2:40']);
});
