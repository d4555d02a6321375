/** What all charts have in common: axis in ink-3, grid in line, no frame, labels within the width, still on request. */
import type { CategoryScaleOptions, ChartOptions } from 'chart.js';
import type { ChartTokens } from './read-chart-tokens.ts';

interface Look {
  readonly unit: string;
  readonly format: (value: number) => string;
  readonly seriesCount: number;
  readonly isStill: boolean;
  /** Of days in a row the first, the last and some between are named; categories all, aslant, while they fit. */
  readonly isRun: boolean;
  /** Room for the value at a line's end. */
  readonly endWidth: number;
  /** Bars lie, their names beside them: for names too long to stand under them. */
  readonly isLying: boolean;
}

const labelWidth = 96;

/** First, last and what stands evenly between them, as many as the width carries. */
export const shownLabels = (length: number, width: number): readonly number[] => {
  const shown = Math.min(length, Math.max(2, Math.min(7, Math.floor(width / labelWidth))));
  return Array.from({ length: shown }, (_, at) => Math.round((at * (length - 1)) / Math.max(1, shown - 1)));
};

const longestName = 16;
/** The table has every name whole. */
const shortTicks: Partial<CategoryScaleOptions['ticks']> = {
  autoSkip: false,
  callback(value) {
    const name = this.getLabelForValue(Number(value));
    return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
  },
};

const runTicks: Partial<CategoryScaleOptions['ticks']> = {
  align: 'inner',
  maxRotation: 0,
  autoSkip: false,
  callback(value) {
    const { length } = this.chart.data.labels ?? [];
    return shownLabels(length, this.chart.width).includes(Number(value)) ? this.getLabelForValue(Number(value)) : null;
  },
};

/** Of either kind: a frame draws both. */
export type ChartKind = 'line' | 'bar';

export const chartOptions = (tokens: ChartTokens, look: Look): ChartOptions<ChartKind> => {
  const font = { family: tokens.font, size: tokens.fontSize };
  const names = {
    border: { color: tokens.line },
    grid: { display: false },
    ticks: { color: tokens.ink3, font, ...(look.isRun ? runTicks : look.isLying ? shortTicks : {}) },
  };
  const values = {
    beginAtZero: true,
    border: { display: false },
    grid: { color: tokens.line, tickLength: 0 },
    ticks: {
      color: tokens.ink3,
      font,
      padding: 8,
      maxTicksLimit: 4,
      precision: 0,
      callback: (value: string | number) => look.format(Number(value)),
    },
  };
  return {
    indexAxis: look.isLying ? 'y' : 'x',
    responsive: true,
    maintainAspectRatio: false,
    animation: look.isStill ? false : { duration: 140 },
    interaction: { mode: 'index', axis: look.isLying ? 'y' : 'x', intersect: false },
    layout: { padding: { top: 6, right: look.endWidth } },
    font,
    color: tokens.ink2,
    scales: look.isLying ? { x: values, y: names } : { x: names, y: values },
    plugins: {
      legend: {
        display: look.seriesCount > 1,
        align: 'start',
        labels: { usePointStyle: true, color: tokens.ink2, font, boxHeight: 7, padding: 12 },
      },
      tooltip: {
        animation: false,
        backgroundColor: tokens.surface,
        borderColor: tokens.line,
        borderWidth: 1,
        cornerRadius: 8,
        padding: 8,
        caretSize: 0,
        titleColor: tokens.ink2,
        bodyColor: tokens.ink,
        titleFont: { ...font, weight: 'normal' },
        bodyFont: font,
        usePointStyle: true,
        displayColors: look.seriesCount > 1,
        callbacks: {
          label: ({ dataset, parsed }) => {
            const value = `${look.format((look.isLying ? parsed.x : parsed.y) ?? 0)} ${look.unit}`;
            return look.seriesCount > 1 ? `${dataset.label ?? ''} ${value}` : value;
          },
        },
      },
    },
  };
};
