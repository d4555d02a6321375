/** One line or one row of bars; null where nothing was measured. */
export interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A stretch of the axis that calls for attention, by index of its labels (parts of one allowed). */
export interface ChartBand {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** What every chart is told. At most four series: beyond that, several small charts. */
export interface ChartProps {
  title: string;
  /** Of the values: "人". */
  unit: string;
  /** What the labels are: "周". */
  labelHead: string;
  labels: readonly string[];
  series: readonly ChartSeries[];
  format?: ((value: number) => string) | undefined;
  /** Beside the button under the chart: the day rule, where it comes from. */
  note?: string | undefined;
  height?: number | undefined;
  /** The title stands right above already. */
  isTitleHidden?: boolean | undefined;
  /** Of a chart that counts people: opens those of one label and one series, by index. */
  onopen?: ((at: number, series: number) => void) | undefined;
}
