/** Colours and face of a chart, as the element's own theme has them. A canvas cannot read custom properties itself. */
export interface ChartTokens {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly surface: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly series: readonly string[];
  readonly font: string;
  readonly fontSize: number;
}

export const readChartTokens = (element: Element): ChartTokens => {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    line: token('line'),
    surface: token('surface'),
    warn: token('warn'),
    warnSoft: token('warn-soft'),
    series: [1, 2, 3, 4, 5, 6].map((number) => token(`series-${number}`)),
    font: style.fontFamily,
    fontSize: Number.parseFloat(token('text-note')) || 12,
  };
};

/** Colour of a series by its place; a chart that also warns leaves out those that stand near amber and red. */
export const seriesColour = ({ series }: ChartTokens, at: number, isWarning: boolean): string => {
  const usable = isWarning ? series.filter((_, index) => index !== 2 && index !== 4) : series;
  return usable[at % usable.length] ?? '';
};
