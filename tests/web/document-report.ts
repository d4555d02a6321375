/** What an open document says of itself: connected, nothing waiting, unless told otherwise. */
import type { DocumentReport } from '#web/workspace/documents.ts';

export const documentReport = (change: Partial<DocumentReport> = {}): DocumentReport => ({
  path: 'settings',
  access: 'write',
  isConnected: true,
  isTrying: false,
  isSynced: true,
  unsaved: 0,
  failure: null,
  withheld: null,
  waiting: [],
  ...change,
});
