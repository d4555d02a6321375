/** Lines told apart by colour, dash and marker; a dot and the value at the end of each. */
import type { ChartConfiguration, Plugin } from 'chart.js';
import { type ChartKind, chartOptions } from './chart-options.ts';
import type { ChartBand, ChartSeries } from './chart-series.ts';
import { type ChartTokens, readChartTokens, seriesColour } from './read-chart-tokens.ts';

export interface LineLook {
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly unit: string;
  readonly format: (value: number) => string;
  readonly band: ChartBand | null;
}

const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const markers = ['circle', 'rect', 'triangle', 'rectRot'] as const;
/** Markers stay apart: about so many along a line. */
const markersOnALine = 8;

export const lineConfiguration = (
  tokens: ChartTokens,
  look: LineLook,
  isStill: boolean,
): ChartConfiguration<ChartKind> => {
  const { labels, series, format } = look;
  const ends = series.map(({ values }) => values.findLastIndex((value) => value !== null));
  const widest = Math.max(0, ...series.map(({ values }, at) => format(values[ends[at] ?? -1] ?? 0).length));
  const step = Math.max(1, Math.ceil(labels.length / markersOnALine));
  return {
    type: 'line',
    data: {
      labels: [...labels],
      datasets: series.map(({ name, values }, at) => {
        const colour = seriesColour(tokens, at, look.band !== null);
        const end = ends[at] ?? -1;
        return {
          label: name,
          data: [...values],
          borderColor: colour,
          backgroundColor: colour,
          borderWidth: 2,
          borderDash: [...(dashes[at % dashes.length] ?? [])],
          borderCapStyle: 'round' as const,
          borderJoinStyle: 'round' as const,
          pointStyle: markers[at % markers.length] ?? 'circle',
          pointRadius: values.map((_, index) =>
            index === end ? 3.5 : series.length > 1 && (end - index) % step === 0 ? 3 : 0,
          ),
          pointHoverRadius: 4,
          clip: false as const,
        };
      }),
    },
    options: chartOptions(tokens, {
      ...look,
      seriesCount: series.length,
      isStill,
      isRun: true,
      isLying: false,
      endWidth: 12 + widest * tokens.fontSize * 0.62,
    }),
  };
};

/** The stretch that warns, behind the lines. Asked anew at each drawing. */
export const bandPlugin = (bandNow: () => ChartBand | null): Plugin<ChartKind> => ({
  id: 'band',
  beforeDatasetsDraw: (chart) => {
    const band = bandNow();
    const last = (chart.data.labels?.length ?? 0) - 1;
    if (!band || last < 1) return;
    const { ctx, chartArea } = chart;
    const tokens = readChartTokens(chart.canvas);
    const x = (index: number): number =>
      chartArea.left + (Math.max(0, Math.min(last, index)) / last) * (chartArea.right - chartArea.left);
    const width = Math.max(8, x(band.to) - x(band.from));
    ctx.save();
    ctx.fillStyle = tokens.warnSoft;
    ctx.fillRect(x(band.from), chartArea.top, width, chartArea.bottom - chartArea.top);
    ctx.fillStyle = tokens.warn;
    ctx.font = `600 ${tokens.fontSize}px ${tokens.font}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    const half = ctx.measureText(band.label).width / 2 + 4;
    const middle = Math.min(chartArea.right - half, Math.max(chartArea.left + half, x(band.from) + width / 2));
    ctx.fillText(band.label, middle, chartArea.top + 4);
    ctx.restore();
  },
});

/** The last value of each line beside its end, moved apart where they would stand on one another. */
export const endValuePlugin = (formatNow: () => (value: number) => string): Plugin<ChartKind> => ({
  id: 'end-value',
  afterDatasetsDraw: (chart) => {
    const tokens = readChartTokens(chart.canvas);
    const ends = chart.data.datasets.flatMap(({ data }, at) => {
      const index = data.findLastIndex((value) => value !== null);
      const point = chart.getDatasetMeta(at).data[index];
      return point ? [{ text: formatNow()(Number(data[index])), x: point.x, y: point.y }] : [];
    });
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = tokens.ink;
    ctx.font = `600 ${tokens.fontSize}px ${tokens.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    let above = -Infinity;
    for (const { text, x, y } of ends.sort((a, b) => a.y - b.y)) {
      above = Math.max(y, above + tokens.fontSize + 2);
      ctx.fillText(text, x + 8, above);
    }
    ctx.restore();
  },
});
