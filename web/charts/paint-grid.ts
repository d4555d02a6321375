/** A map of cells as a picture: each with its figure, the darker the more of its colour it has. */
import { type PicturePage, paintPage } from './paint-page.ts';

export interface GridCell {
  readonly text: string;
  /** What most of it is, and the token of its colour. */
  readonly label: string;
  readonly token: string;
  /** How much of the colour, 0 to 1. */
  readonly share: number;
}

export interface GridPicture extends PicturePage {
  /** Rows from the top. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly GridCell[] }[];
  readonly columns: readonly string[];
}

const rowLabelWidth = 28;
const columnLabelHeight = 20;
const gap = 4;

export const paintGrid = ({ rows, columns, ...page }: GridPicture): Promise<Blob | null> =>
  paintPage(page, (pen, tokens, { place }) => {
    const style = getComputedStyle(place);
    const width = (page.width - rowLabelWidth) / columns.length;
    const height = (page.height - columnLabelHeight) / rows.length;
    const face = (weight: number, size: number): string => `${weight} ${size}px ${tokens.font}`;
    rows.forEach(({ label, cells }, y) => {
      pen.textAlign = 'left';
      pen.fillStyle = tokens.ink3;
      pen.font = face(400, tokens.fontSize);
      pen.fillText(label, 4, (y + 0.5) * height);
      cells.forEach((cell, x) => {
        const left = rowLabelWidth + x * width;
        const top = y * height;
        const part = `${Math.round(100 * cell.share)}%`;
        pen.fillStyle = `color-mix(in oklab, ${style.getPropertyValue(`--${cell.token}`).trim()} ${part}, ${tokens.surface})`;
        pen.fillRect(left, top, width - gap, height - gap);
        pen.fillStyle = tokens.ink;
        pen.textAlign = 'left';
        pen.font = face(400, tokens.fontSize);
        pen.fillText(cell.label, left + 6, top + 14, width - gap - 12);
        pen.textAlign = 'right';
        pen.font = face(600, 14);
        pen.fillText(cell.text, left + width - gap - 6, top + height - gap - 14);
      });
    });
    pen.textAlign = 'center';
    pen.fillStyle = tokens.ink3;
    pen.font = face(400, tokens.fontSize);
    columns.forEach((label, x) =>
      pen.fillText(
        label,
        rowLabelWidth + (x + 0.5) * width - gap / 2,
        page.height - columnLabelHeight / 2,
        width - gap,
      ),
    );
  });
