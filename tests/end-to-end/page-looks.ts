/** What a page looks like, read from the page itself: sizes, scrolling, words. Each answers with what is wrong. */
import type { Page } from 'playwright-core';

/** Words that a person acts on or finds their way by, with their accessible names; not what the brand wrote. */
export const chromeTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wanted =
      'button, h1, h2, h3, h4, label, legend, th, dt, summary, option, nav a, [role=tab], [role=menuitem], header p';
    // A language is named in itself, and says which it is.
    const isShown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('[lang=zh-CN]:not(html)');
    const texts = [...document.querySelectorAll(wanted)].filter(isShown).map((element) => element.textContent);
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (isShown(element)) texts.push(element.getAttribute(name) ?? '');
    return [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean))];
  });

/** By how much the page itself scrolls sideways, and past which element. */
export const sidewaysScroll = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const widest = [...document.body.querySelectorAll('*')]
      .map((element) => ({ element, right: element.getBoundingClientRect().right }))
      .filter(({ right }) => right > clientWidth + 0.5)
      .sort((a, b) => b.right - a.right)[0];
    return `${scrollWidth} in ${clientWidth}: ${widest?.element.tagName.toLowerCase()}.${widest?.element.className ?? ''}`;
  });

/** Controls with a smaller place to hit than `least`. A link inside a sentence may be as high as its line. */
export const smallTargets = (page: Page, least: number): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const selector =
      'button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=switch], [role=option]';
    const small: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest('[inert], .unseen, .skip, [aria-hidden=true]') || element.matches('input[type=file]'))
        continue;
      const sentence = element.closest('p, li, dd');
      if (element.tagName === 'A' && getComputedStyle(element).display === 'inline' && sentence) continue;
      const label = element.closest('label, [data-for]') ?? (element as HTMLInputElement).labels?.[0] ?? null;
      const box = element.getBoundingClientRect();
      const labelled = label?.getBoundingClientRect();
      const width = Math.max(box.width, labelled?.width ?? 0);
      const height = Math.max(box.height, labelled?.height ?? 0);
      if (width === 0 || height === 0 || (width >= least - 0.5 && height >= least - 0.5)) continue;
      if (box.width < 2 && box.height < 2) continue;
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width: w, height: h } = element.getBoundingClientRect();
      const [x, y] = [left + w / 2, top + h / 2];
      const isHit = (dx: number, dy: number): boolean => {
        const hit = document.elementFromPoint(x + dx, y + dy);
        return hit !== null && (element.contains(hit) || label?.contains(hit) === true);
      };
      /** How far a finger may be off along one axis and still hit, from one end to the other. */
      const extent = (dx: number, dy: number): number => {
        const reachOf = (sign: number): number => {
          let far = 0;
          while (far < least && isHit(sign * dx * (far + 1), sign * dy * (far + 1))) far++;
          return far;
        };
        return reachOf(1) + reachOf(-1) + 1;
      };
      const isWide = w >= least - 0.5 || extent(1, 0) >= least - 1;
      const isHigh = h >= least - 0.5 || extent(0, 1) >= least - 1;
      if (isWide && isHigh) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 30);
      small.push(`${element.tagName.toLowerCase()}.${element.className} “${name}” ${Math.round(w)}×${Math.round(h)}`);
    }
    return small;
  }, least);

/** What no sentence may show: values that were not there, and names meant for programs. */
export const brokenWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      if (!node.parentElement?.checkVisibility() || node.parentElement.closest('script, style')) continue;
      if (/\bundefined\b|\bNaN\b|\[object |\bnull\b|Infinity|Invalid Date/.test(text)) found.push(text.slice(0, 60));
      else if (/^[a-z]+([-/.][a-z0-9]+){1,4}$/.test(text)) found.push(text);
    }
    return found;
  });

/** Text cut off inside a control, a heading or a badge: nothing there may be shortened without an ellipsis. */
export const clippedWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, th, [class*=badge], [class*=tag]')]
      .filter((element) => {
        if (!element.checkVisibility() || element.closest('.unseen')) return false;
        const style = getComputedStyle(element);
        const isCut = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
        return isCut && style.textOverflow !== 'ellipsis' && element.clientWidth > 1;
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim()}”`),
  );
