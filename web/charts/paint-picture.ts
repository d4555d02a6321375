/** A chart as a PNG that can stand alone in a message: on the theme's surface, with its title and unit. */
import { readChartTokens } from './read-chart-tokens.ts';

const margin = 16;
const head = 40;

export const paintPicture = async (drawn: HTMLCanvasElement, title: string): Promise<Blob | null> => {
  const tokens = readChartTokens(drawn);
  const scale = drawn.width / Math.max(1, drawn.clientWidth);
  const picture = document.createElement('canvas');
  picture.width = drawn.width + 2 * margin * scale;
  picture.height = drawn.height + (head + margin) * scale;
  const pen = picture.getContext('2d');
  if (!pen) return null;
  pen.fillStyle = tokens.surface;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = tokens.ink;
  pen.font = `600 ${14 * scale}px ${tokens.font}`;
  pen.textBaseline = 'middle';
  pen.fillText(title, margin * scale, (head / 2) * scale, picture.width - 2 * margin * scale);
  pen.drawImage(drawn, margin * scale, head * scale);
  return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
};
