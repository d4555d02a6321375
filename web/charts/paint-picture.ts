/** A chart as a PNG that can stand alone in a message: drawn anew in the light theme, at twice its size. */
import type { Chart, ChartConfiguration } from 'chart.js';
import type { ChartKind } from './chart-options.ts';
import { type ChartTokens, readChartTokens } from './read-chart-tokens.ts';

const scale = 2;
const margin = 16;
const head = 40;
const foot = 32;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Above the drawing: what it shows, in what unit. */
  readonly title: string;
  /** Below it, left and right: whose it is, and of which day. */
  readonly brand: string;
  readonly date: string;
  readonly configure: (tokens: ChartTokens) => ChartConfiguration<ChartKind>;
}

export const paintPicture = async (parts: typeof Chart, picture: Picture): Promise<Blob | null> => {
  const { width, height, title, brand, date, configure } = picture;
  const place = document.createElement('div');
  place.dataset['theme'] = 'light';
  place.hidden = true;
  const drawing = place.appendChild(document.createElement('canvas'));
  drawing.width = width;
  drawing.height = height;
  document.body.append(place);
  const tokens = readChartTokens(drawing);
  const { options, ...rest } = configure(tokens);
  const still = { ...options, responsive: false, animation: false as const, devicePixelRatio: scale };
  const chart = new parts(drawing, { ...rest, options: still });

  const page = document.createElement('canvas');
  page.width = (width + 2 * margin) * scale;
  page.height = (height + head + foot) * scale;
  const pen = page.getContext('2d');
  if (pen) {
    pen.scale(scale, scale);
    pen.fillStyle = tokens.surface;
    pen.fillRect(0, 0, page.width, page.height);
    pen.textBaseline = 'middle';
    pen.fillStyle = tokens.ink;
    pen.font = `600 14px ${tokens.font}`;
    pen.fillText(title, margin, head / 2, width);
    pen.drawImage(drawing, margin, head, width, height);
    pen.fillStyle = tokens.ink3;
    pen.font = `${tokens.fontSize}px ${tokens.font}`;
    const line = head + height + foot / 2;
    const dateWidth = pen.measureText(date).width;
    pen.fillText(brand, margin, line, Math.max(0, width - dateWidth - margin));
    pen.fillText(date, margin + width - dateWidth, line);
  }
  chart.destroy();
  place.remove();
  return pen && new Promise((resolve) => page.toBlob(resolve, 'image/png'));
};
