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
}

const labelWidth = 96;

/** First, last and what stands evenly between them, as many as the width carries. */
export const shownLabels = (length: number, width: number): readonly number[] => {
  const shown = Math.min(length, Math.max(2, Math.min(7, Math.floor(width / labelWidth))));
  return Array.from({ length: shown }, (_, at) => Math.round((at * (length - 1)) / Math.max(1, shown - 1)));
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
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: look.isStill ? false : { duration: 140 },
    interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: 6, right: look.endWidth } },
    font,
    color: tokens.ink2,
    scales: {
      x: {
        border: { color: tokens.line },
        grid: { display: false },
        ticks: { color: tokens.ink3, font, ...(look.isRun ? runTicks : {}) },
      },
      y: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: tokens.line, tickLength: 0 },
        ticks: {
          color: tokens.ink3,
          font,
          padding: 8,
          maxTicksLimit: 4,
          precision: 0,
          callback: (value) => look.format(Number(value)),
        },
      },
    },
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
            const value = `${look.format(parsed.y ?? 0)} ${look.unit}`;
            return look.seriesCount > 1 ? `${dataset.label ?? ''} ${value}` : value;
          },
        },
      },
    },
  };
};
