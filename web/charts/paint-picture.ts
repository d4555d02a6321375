/** A chart as a PNG that can stand alone in a message: drawn anew in the light theme, at twice its size. */
import type { Chart, ChartConfiguration } from 'chart.js';
import type { ChartKind } from './chart-options.ts';
import { type PicturePage, paintPage } from './paint-page.ts';
import type { ChartTokens } from './read-chart-tokens.ts';

export interface Picture extends PicturePage {
  readonly configure: (tokens: ChartTokens) => ChartConfiguration<ChartKind>;
}

export const paintPicture = (parts: typeof Chart, { configure, ...page }: Picture): Promise<Blob | null> =>
  paintPage(page, (pen, tokens, { place, scale }) => {
    const drawing = place.appendChild(document.createElement('canvas'));
    drawing.width = page.width;
    drawing.height = page.height;
    const { options, ...rest } = configure(tokens);
    const still = { ...options, responsive: false, animation: false as const, devicePixelRatio: scale };
    const chart = new parts(drawing, { ...rest, options: still });
    pen.drawImage(drawing, 0, 0, page.width, page.height);
    chart.destroy();
  });
