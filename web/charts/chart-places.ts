/** Where the bars or points of a drawing stand: for the mouse the nearest one, for the keyboard a place each. */
import type { Chart, ChartEvent, Plugin } from 'chart.js';
import type { ChartKind } from './chart-options.ts';

export interface ChartPlace {
  /** Index of its series and of its label. */
  readonly series: number;
  readonly at: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const smallest = 12;

/** Tells where everything that counts something will stand, after each change of data or size. */
export const placesPlugin = (take: (places: readonly ChartPlace[]) => void): Plugin<ChartKind> => ({
  id: 'places',
  afterUpdate: (chart) => take(placesOf(chart)),
});

const placesOf = (chart: Chart<ChartKind>): ChartPlace[] =>
  (chart.data.labels ?? []).flatMap((_, at) =>
    chart.data.datasets.flatMap(({ data }, series) => {
      const element = chart.getDatasetMeta(series).data[at];
      if (!element || !(Number(data[at]) > 0)) return [];
      // A point has no width and no base.
      const props = element.getProps(['x', 'y', 'base', 'width', 'height'], true) as unknown as {
        readonly [name in 'x' | 'y']: number;
      } & { readonly base?: number; readonly width?: number; readonly height?: number };
      const { x, y, base, width = smallest } = props;
      if (chart.options.indexAxis === 'y') {
        const { height = smallest } = props;
        return [
          { series, at, left: base ?? 0, top: y - height / 2, width: Math.max(smallest, x - (base ?? 0)), height },
        ];
      }
      const height = Math.max(smallest, (base ?? y) - y);
      const top = base === undefined ? y - height / 2 : base - height;
      return [{ series, at, left: x - width / 2, top, width, height }];
    }),
  );

/** Beside a low bar or between two points too. */
export const nearestPlace = (
  chart: Chart<ChartKind>,
  { native }: ChartEvent,
): Pick<ChartPlace, 'series' | 'at'> | null => {
  if (!native) return null;
  const [found] = chart.getElementsAtEventForMode(
    native,
    'nearest',
    { axis: chart.options.indexAxis ?? 'x', intersect: false },
    true,
  );
  if (!found || !(Number(chart.data.datasets[found.datasetIndex]?.data[found.index]) > 0)) return null;
  return { series: found.datasetIndex, at: found.index };
};
