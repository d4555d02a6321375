/** A picture that can stand alone in a message: in the light theme, twice its size, with what, whose and of which day. */
import { type ChartTokens, readChartTokens } from './read-chart-tokens.ts';

const scale = 2;
const margin = 16;
const head = 40;
const foot = 32;

export interface PicturePage {
  readonly width: number;
  readonly height: number;
  /** Above the drawing: what it shows, in what unit. */
  readonly title: string;
  /** Below it, left and right: whose it is, and of which day. */
  readonly brand: string;
  readonly date: string;
}

/** `place`: an element of the light theme, hidden and gone afterwards. */
export type Draw = (
  pen: CanvasRenderingContext2D,
  tokens: ChartTokens,
  at: { readonly place: HTMLElement; readonly scale: number },
) => void;

/** `draw` has width × height from its own origin. Null where the browser cannot draw. */
export const paintPage = async (
  { width, height, title, brand, date }: PicturePage,
  draw: Draw,
): Promise<Blob | null> => {
  const page = document.createElement('canvas');
  page.width = (width + 2 * margin) * scale;
  page.height = (height + head + foot) * scale;
  const pen = page.getContext('2d');
  if (!pen) return null;
  const place = document.createElement('div');
  place.dataset['theme'] = 'light';
  place.hidden = true;
  document.body.append(place);
  const tokens = readChartTokens(place);
  pen.scale(scale, scale);
  pen.fillStyle = tokens.surface;
  pen.fillRect(0, 0, page.width, page.height);
  pen.textBaseline = 'middle';
  pen.fillStyle = tokens.ink;
  pen.font = `600 14px ${tokens.font}`;
  pen.fillText(title, margin, head / 2, width);
  pen.fillStyle = tokens.ink3;
  pen.font = `${tokens.fontSize}px ${tokens.font}`;
  const line = head + height + foot / 2;
  const dateWidth = pen.measureText(date).width;
  pen.fillText(brand, margin, line, Math.max(0, width - dateWidth - margin));
  pen.fillText(date, margin + width - dateWidth, line);
  pen.translate(margin, head);
  draw(pen, tokens, { place, scale });
  place.remove();
  return new Promise((resolve) => page.toBlob(resolve, 'image/png'));
};
