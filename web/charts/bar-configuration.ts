/** Bars from zero; from the second series on hatched, each in its own direction, so that colour never speaks alone. */
import type { ChartConfiguration } from 'chart.js';
import { type ChartKind, chartOptions } from './chart-options.ts';
import type { ChartSeries } from './chart-series.ts';
import { type ChartTokens, seriesColour } from './read-chart-tokens.ts';

export interface BarLook {
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  readonly format: (value: number) => string;
  readonly isLying?: boolean | undefined;
}

export const barConfiguration = (
  tokens: ChartTokens,
  look: BarLook,
  isStill: boolean,
): ChartConfiguration<ChartKind> => ({
  type: 'bar',
  data: {
    labels: [...look.labels],
    datasets: look.series.map(({ name, values }, at) => {
      const colour = seriesColour(tokens, at, false);
      return {
        label: name,
        data: [...values],
        backgroundColor: at === 0 ? colour : hatching(colour, at),
        borderColor: colour,
        borderWidth: at === 0 ? 0 : 1,
        borderRadius: 2,
        maxBarThickness: 28,
        categoryPercentage: 0.8,
        barPercentage: 0.9,
        pointStyle: 'rect' as const,
      };
    }),
  },
  options: chartOptions(tokens, {
    ...look,
    seriesCount: look.series.length,
    isStill,
    isRun: false,
    endWidth: 0,
    isLying: look.isLying === true,
  }),
});

function hatching(colour: string, at: number): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  if (at % 3 !== 2) for (const shift of [-8, 0, 8]) line(pen, shift, 8, shift + 8, 0);
  if (at % 3 !== 1) for (const shift of [-8, 0, 8]) line(pen, shift, 0, shift + 8, 8);
  pen.stroke();
  return pen.createPattern(tile, 'repeat') ?? colour;
}

function line(pen: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  pen.moveTo(fromX, fromY);
  pen.lineTo(toX, toY);
}
