/** Chromium as the tests start it, with every console error and Content-Security-Policy report collected. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** How every test starts Chromium. */
export const chromiumLaunch = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  // Without a locale Chromium keeps no Chinese file name.
  env: { LANG: 'C.UTF-8', ...process.env },
};

export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and policy reports so far. */
  readonly complaints: string[];
  /** Closes the browser and opens it again with the same profile, as after a restart of the tablet. */
  relaunch(): Promise<Person>;
  close(): Promise<void>;
}

export interface PersonChoice {
  readonly width?: number;
  readonly height?: number;
  readonly hasTouch?: boolean;
  readonly language?: 'zh-CN' | 'en';
}

/** A person with a browser profile of their own on disk. */
export const openPerson = async (
  choice: PersonChoice = {},
  profile = mkdtempSync(join(tmpdir(), 'larder-profile-')),
): Promise<Person> => {
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunch,
    viewport: { width: choice.width ?? 1440, height: choice.height ?? 900 },
    hasTouch: choice.hasTouch ?? false,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  const complaints: string[] = [];
  const watch = (page: Page): void => {
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (/Content.Security.Policy|violates the following/i.test(message.text()))
        complaints.push(`policy: ${message.text()}`);
    });
  };
  context.on('page', watch);
  const page = context.pages()[0] ?? (await context.newPage());
  watch(page);
  if (choice.language)
    await context.addInitScript((language) => localStorage.setItem('larder/language', language), choice.language);
  return {
    context,
    page,
    complaints,
    relaunch: async () => {
      await context.close();
      return openPerson(choice, profile);
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
};
