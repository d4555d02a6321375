/** The demo brand of a fresh server: written within seconds of the start, entered without signing in. */
import type { BrowserContext } from 'playwright-core';
import { type BusinessDay, dayFromMs, isoFromDay } from '#core/units/business-day.ts';
import type { Role } from '#core/units/role.ts';

export interface DemoWorkspace {
  readonly id: string;
  /** The broadcast planned for this evening, and the one of last night. */
  readonly tonight: string;
  readonly lastNight: string;
  /** Signs a browser in; it has not opened a page yet. */
  enter(context: BrowserContext, role: Role, name: string): Promise<void>;
  address(path: string): string;
}

export const openDemoWorkspace = async (larder: { readonly address: string }): Promise<DemoWorkspace> => {
  const id = await waitForDemo(larder.address);
  const today = dayFromMs(Date.now());
  return {
    id,
    tonight: `family-${isoFromDay(today)}`,
    lastNight: `baking-${isoFromDay((today - 1) as BusinessDay)}`,
    enter: async (context, role, name) => {
      const answer = await context.request.post(`${larder.address}/api/demo/enter`, {
        data: { role, name },
        headers: { origin: larder.address },
      });
      if (!answer.ok()) throw new Error(`not let in: ${answer.status()}`);
    },
    address: (path) => `${larder.address}/${id}/${path}`,
  };
};

const waitForDemo = async (address: string): Promise<string> => {
  for (const end = Date.now() + 90_000; Date.now() < end;) {
    const session = (await (await fetch(`${address}/api/session`)).json()) as { demo: { id: string } | null };
    if (session.demo) return session.demo.id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no demo was written');
};
