/** One sign for each answer to "where is my work?", the same on every screen. */
import Cloud from '@lucide/svelte/icons/cloud';
import CloudCheck from '@lucide/svelte/icons/cloud-check';
import CloudOff from '@lucide/svelte/icons/cloud-off';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import Laptop from '@lucide/svelte/icons/laptop';
import Lock from '@lucide/svelte/icons/lock';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { IconComponent } from './icon.ts';

export const syncIcons = {
  opening: Cloud,
  server: CloudCheck,
  device: Laptop,
  waiting: CloudUpload,
  offline: CloudOff,
  'read-only': Lock,
  failed: TriangleAlert,
} satisfies Readonly<Record<string, IconComponent>>;
