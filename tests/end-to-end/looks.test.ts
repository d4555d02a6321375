/**
 * Every screen in both languages, light and dark (studio for the host), at the size of who works with it: axe finds
 * nothing, nothing scrolls sideways, targets are large enough, English has no Chinese of ours. With LARDER_PICTURES set
 * to a folder each is also kept as a picture, for a person to look at.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#core/units/role.ts';
import { root } from '../architecture/source-files.ts';
import { chromiumLaunch } from './browser.ts';
import { type DemoWorkspace, openDemoWorkspace } from './demo-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';
import { views } from '#web/screens/insight/views.ts';
import { brokenWords, chromeTexts, clippedWords, sidewaysScroll, smallTargets } from './page-looks.ts';

const pictures = process.env.LARDER_PICTURES ?? '';
const languages = ['zh-CN', 'en'] as const;
const sizes = { desk: [1440, 900], control: [1366, 768], tablet: [1024, 768], phone: [390, 844] } as const;
type Size = keyof typeof sizes;
type Theme = 'light' | 'dark' | 'studio';

interface Screen {
  readonly name: string;
  /** After the workspace's address; from the root when it begins with `/`. */
  readonly path: string;
  /** A place that is there once the screen is. */
  readonly ready?: string;
  /** Opens what is to be looked at as well: a card, a sheet. */
  readonly open?: (page: Page) => Promise<void>;
}

let larder: LarderProcess;
let browser: Browser;
let demo: DemoWorkspace;
let empty = '';
let emptyCookie = '';
const complaints: string[] = [];

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  larder = await openLarderProcess();
  browser = await chromium.launch(chromiumLaunch);
  demo = await openDemoWorkspace(larder);
  await claimEmpty();
});
afterAll(async () => {
  await browser?.close();
  await larder?.close();
});

const claimEmpty = async (): Promise<void> => {
  const claim = larder.claimAddress().split('#claim=')[1];
  const answer = await fetch(`${larder.address}/api/claim`, {
    method: 'POST',
    headers: { origin: larder.address, 'content-type': 'application/json' },
    body: JSON.stringify({ claim, brand: 'North Farm', name: 'Ada' }),
  });
  emptyCookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  empty = ((await answer.json()) as { workspaces: { id: string }[] }).workspaces[0]?.id ?? '';
};

const openContext = async (size: Size, language: string, role: Role | 'nobody' | 'empty'): Promise<Page> => {
  const [width, height] = sizes[size];
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: size === 'phone' || size === 'tablet',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addInitScript((chosen) => localStorage.setItem('larder/language', chosen), language);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content.Security.Policy|violates the following/i.test(message.text())) complaints.push(message.text());
  });
  if (role === 'empty') {
    const [name = '', value = ''] = emptyCookie.split('=');
    await context.addCookies([{ name, value, url: larder.address }]);
  } else if (role !== 'nobody') {
    await demo.enter(context, role, 'Lan');
  }
  return page;
};

interface Looked {
  readonly least?: number;
  /** Widths at which nothing may scroll sideways either: 200 % zoom of a desk, a phone. */
  readonly narrow: readonly number[];
  readonly themes: readonly Theme[];
  /** Both where none is named. */
  readonly languages?: readonly (typeof languages)[number][];
}

/** Goes through the screens once and answers with everything wrong, screen by screen. */
const look = async (
  size: Size,
  role: Role | 'nobody' | 'empty',
  screens: readonly Screen[],
  how: Looked,
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const language of how.languages ?? languages) {
    const page = await openContext(size, language, role);
    const workspace = role === 'empty' ? empty : demo.id;
    for (const screen of screens) {
      if (how.themes[0]) await showIn(page, how.themes[0]);
      const path = screen.path.replace('TONIGHT', demo.tonight).replace('YESTERDAY', demo.lastNight);
      await openPath(page, path.startsWith('/') ? path : `/${workspace}/${path}`);
      const say = (what: string) => (found: string) =>
        wrong.push(`${role} ${screen.name} ${language} ${what}: ${found}`);
      try {
        await page
          .locator(screen.ready ?? 'h1')
          .first()
          .waitFor({ timeout: 20_000 });
        await settled(page);
        await screen.open?.(page);
      } catch (error) {
        say('not there')(String(error).slice(0, 200));
        if (pictures)
          await page.screenshot({ path: join(pictures, `missing-${role}-${size}-${screen.name}-${language}.png`) });
        continue;
      }
      await checkOnce(page, language, how, say);
      for (const [at, theme] of how.themes.entries()) {
        if (at > 0) {
          await showIn(page, theme);
          await settled(page);
        }
        const rules = at === 0 ? 'all' : 'colours';
        // A colour on its way from one theme to the other is no defect: what is one is still there a moment later.
        if ((await violations(page, rules)).length > 0) {
          await page.waitForTimeout(500);
          (await violations(page, rules)).forEach(say(theme));
        }
        if (pictures)
          await page.screenshot({ path: join(pictures, `${role}-${size}-${screen.name}-${theme}-${language}.png`) });
      }
      await checkNarrow(page, size, how.narrow, say, `${role}-${size}-${screen.name}-${language}`);
    }
    await page.context().close();
  }
  return wrong;
};

/** The studio is the host's own: the device's wish does not change it. */
const showIn = async (page: Page, theme: Theme): Promise<void> => {
  if (theme !== 'studio') await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
};

/** As a tap on a link does; only the first page of a person is loaded from the server. */
const openPath = async (page: Page, path: string): Promise<void> => {
  if (page.url() === 'about:blank') {
    await page.goto(larder.address + path);
    return;
  }
  await page.evaluate((href) => {
    const link = document.body.appendChild(Object.assign(document.createElement('a'), { href }));
    link.click();
    link.remove();
  }, path);
  await page.waitForURL(larder.address + path);
};

const checkOnce = async (
  page: Page,
  language: string,
  how: Looked,
  say: (what: string) => (found: string) => unknown,
): Promise<void> => {
  const sideways = await sidewaysScroll(page);
  if (sideways) say('scrolls')(sideways);
  (await brokenWords(page)).forEach(say('words'));
  (await clippedWords(page)).forEach(say('clipped'));
  if (language === 'en') (await chromeTexts(page)).flatMap(foreignRuns).forEach(say('chinese'));
  if (how.least !== undefined) (await smallTargets(page, how.least)).forEach(say('small'));
};

/** However narrow, the page itself never scrolls sideways. */
const checkNarrow = async (
  page: Page,
  size: Size,
  widths: readonly number[],
  say: (what: string) => (found: string) => unknown,
  picture: string,
): Promise<void> => {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    await settled(page);
    const sideways = await sidewaysScroll(page);
    if (sideways) say(`scrolls at ${width}`)(sideways);
    if (pictures) await page.screenshot({ path: join(pictures, `${picture}-at-${width}.png`) });
  }
  const [width, height] = sizes[size];
  if (widths.length > 0) await page.setViewportSize({ width, height });
};

/** Nothing that is shown is busy any more, what moved has come to rest, and two frames are drawn. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () => ![...document.querySelectorAll('[aria-busy=true]')].some((element) => element.checkVisibility()),
    null,
    { timeout: 20_000 },
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
};

/** Every rule once; of the same page in another theme nothing but the colours is another. */
const violations = async (page: Page, rules: 'all' | 'colours'): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
      preload: false,
      ...(only === 'colours' ? { runOnly: ['color-contrast'] } : {}),
    });
    return found.flatMap((rule) =>
      rule.nodes.slice(0, 4).map(({ target, any }) => {
        const why = (any[0]?.message ?? '').replace(/\s+/g, ' ').slice(0, 140);
        return `${rule.id} ${target.join(' ')} ${why}`;
      }),
    );
  }, rules);
};

/** All that the demo's brand may have written: its own data, and the names its generator puts together. */
const brandWords = ['core/demo', 'core/catalogue', 'core/insight', 'core/live']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && (file.endsWith('.data.ts') || file.includes('core/demo')))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const nameLetters = new Set(readFileSync(join(root, 'core/demo/names.data.ts'), 'utf8').match(/\p{Script=Han}/gu));

/** Chinese in the English interface that is not the brand's own. */
const foreignRuns = (text: string): readonly string[] =>
  (text.match(/\p{Script=Han}+/gu) ?? [])
    .filter(
      (run) =>
        !brandWords.includes(run.replace(/周[一二三四五六日]/, '#')) &&
        !brandWords.includes(run) &&
        ![...run].every((letter) => nameLetters.has(letter)),
    )
    .map((run) => `“${run}” in “${text.slice(0, 60)}”`);

const desk: readonly Screen[] = [
  { name: 'today', path: 'today' },
  { name: 'customers', path: 'customers' },
  {
    name: 'customer-card',
    path: 'customers',
    open: async (page) => {
      await page.locator('[role=row]').nth(3).click();
      await page
        .getByText(/13[,.]?\d|1\d{2}\*{4}/)
        .first()
        .waitFor();
      await settled(page);
    },
  },
  { name: 'segments', path: 'segments' },
  ...views.map((view) => ({ name: `insight-${view}`, path: `insight/${view}` })),
  { name: 'campaigns', path: 'campaigns' },
  { name: 'campaign', path: 'campaigns/TONIGHT' },
  { name: 'journeys', path: 'journeys' },
  {
    name: 'follow-up',
    path: 'journeys/YESTERDAY',
    open: async (page) => {
      await page.locator('[role=row]').first().click();
      await settled(page);
    },
  },
  { name: 'library', path: 'library' },
  { name: 'catalogue', path: 'catalogue' },
  { name: 'intake', path: 'intake' },
  { name: 'settings', path: 'settings' },
];

/** Without anything in it a screen says what to do next. */
const emptyDesk = desk.filter(({ open, path }) => !open && !/TONIGHT|YESTERDAY/.test(path));

test('signed out: welcome and join', async () => {
  const screens = [
    { name: 'welcome', path: '/' },
    { name: 'join', path: '/join', ready: 'h1, h2' },
    { name: 'unknown', path: '/nowhere/today' },
  ];
  expect(await look('desk', 'nobody', screens, { themes: ['light', 'dark'], narrow: [720, 390] })).toEqual([]);
});

// These screens are looked at on a phone as well, further down.
test.each(languages)('operator at a desk, with the demo brand, %s', async (language) => {
  const how: Looked = { themes: ['light', 'dark'], narrow: [720], languages: [language] };
  expect(await look('desk', 'operator', desk, how)).toEqual([]);
});

test('an empty workspace', async () => {
  expect(await look('desk', 'empty', emptyDesk, { themes: ['light', 'dark'], narrow: [720, 390] })).toEqual([]);
});

test('stockkeeper on a phone', async () => {
  const screens = desk.filter(({ name }) => ['today', 'campaigns', 'campaign', 'catalogue', 'settings'].includes(name));
  expect(await look('phone', 'stockkeeper', screens, { themes: ['light', 'dark'], narrow: [], least: 44 })).toEqual([]);
});

test.each(languages)('operator on a phone, %s', async (language) => {
  const how: Looked = { themes: ['light'], narrow: [], least: 44, languages: [language] };
  expect(await look('phone', 'operator', desk, how)).toEqual([]);
});

test('before the broadcast, on air and after it, at the control desk, the tablet and the phone remote', async () => {
  const live = (name: string, ready?: string): Screen[] => [
    { name, path: `live/TONIGHT/${name}`, ...(ready ? { ready } : {}) },
  ];
  const everywhere = async (moment: string, isOnAir: boolean): Promise<readonly string[]> => {
    const named = (screens: Screen[]): Screen[] =>
      screens.map((screen) => ({ ...screen, name: `${screen.name}-${moment}` }));
    return [
      ...(await look('control', 'assistant', named(live('assistant', isOnAir ? '.heat .row' : '.gate, h1')), {
        themes: ['light', 'dark'],
        narrow: [720, 390],
        least: 44,
      })),
      ...(await look('tablet', 'host', named(live('host', isOnAir ? '.prompter' : '.gate')), {
        themes: ['studio'],
        narrow: [],
        least: 64,
      })),
      ...(await look('phone', 'assistant', named(live('remote', 'main')), {
        themes: ['light', 'dark'],
        narrow: [],
        least: 44,
      })),
    ];
  };
  const wrong = [...(await everywhere('before', false))];
  const headers = { origin: larder.address, 'content-type': 'application/json' };
  const entered = await fetch(`${larder.address}/api/demo/enter`, {
    method: 'POST',
    headers,
    body: '{"role":"assistant"}',
  });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const simulate = `${larder.address}/api/workspaces/${demo.id}/broadcasts/${demo.tonight}/simulate`;
  const body = '{"speed":10,"minutes":60}';
  expect((await fetch(simulate, { method: 'POST', headers: { ...headers, cookie }, body })).ok).toBe(true);
  wrong.push(...(await everywhere('on', true)));
  expect(wrong).toEqual([]);
});

test('nothing threw and nothing broke the policy', () => {
  expect(complaints).toEqual([]);
});
