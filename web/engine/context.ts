import { createContext } from 'svelte';
import type { EngineClient } from './insight/messages.ts';
import type { InsightRequests } from './insight/requests.ts';

/** The insight engine of the open workspace, set by the workspace layout. */
export const [useEngine, provideEngine] = createContext<EngineClient<InsightRequests>>();
