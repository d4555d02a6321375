import { createContext } from 'svelte';
import type { Workspace } from './workspace.ts';

/** The open workspace, set by the workspace layout. */
export const [useWorkspace, provideWorkspace] = createContext<Workspace>();
