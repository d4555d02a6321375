import { createContext } from 'svelte';
import type { HistorySubject } from './history.ts';
import type { Workspace } from './workspace.ts';

/** The open workspace, set by the workspace layout. */
export const [useWorkspace, provideWorkspace] = createContext<Workspace>();

/** Asks for the whole brand in one file: the frame shows what will be in it, and what not. */
export const [useExport, provideExport] = createContext<() => void>();

/** Opens what some documents were, who changed what, and the way back. */
export const [useHistory, provideHistory] = createContext<(subject: HistorySubject) => void>();
