/** What the documents that the worker has open report: connected, merged with the server, confirmed by it. */
import type { DocumentReport } from '#web/workspace/documents.ts';

export class DocumentWatch {
  readonly #reportByPath = new Map<string, DocumentReport>();
  readonly #listeners = new Set<() => void>();

  take(report: DocumentReport): void {
    this.#reportByPath.set(report.path, report);
    for (const listener of [...this.#listeners]) listener();
  }

  drop(path: string): void {
    this.#reportByPath.delete(path);
    for (const listener of [...this.#listeners]) listener();
  }

  get isConnected(): boolean {
    return [...this.#reportByPath.values()].some(({ isConnected }) => isConnected);
  }

  /** Whether the server has the document as it is here, within this time. */
  isConfirmed(path: string, withinMs: number): Promise<boolean> {
    return this.#until(withinMs, () => {
      const report = this.#reportByPath.get(path);
      return report !== undefined && report.isSynced && report.waiting.length === 0;
    });
  }

  /** Whether the server's copy has been merged in, within this time. */
  isSynced(path: string, withinMs: number): Promise<boolean> {
    return this.#until(withinMs, () => this.#reportByPath.get(path)?.isSynced === true);
  }

  #until(withinMs: number, isSo: () => boolean): Promise<boolean> {
    if (isSo()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (answer: boolean): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve(answer);
      };
      const look = (): void => {
        if (isSo()) end(true);
      };
      const timer = setTimeout(() => end(false), withinMs);
      this.#listeners.add(look);
    });
  }
}
