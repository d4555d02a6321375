import type { Component } from 'svelte';

/** Any icon of `@lucide/svelte/icons/<name>`. */
export type IconComponent = Component<{
  size?: number | string;
  strokeWidth?: number | string;
  class?: string;
  role?: 'img';
  'aria-label'?: string;
  'aria-hidden'?: 'true';
}>;
