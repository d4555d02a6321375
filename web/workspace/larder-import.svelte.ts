/** Opening a `.larder` file as a person does it: chosen, perhaps asked for its passphrase, opened or refused. */
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { type ImportFailure, importWorkspace } from './import-workspace.ts';

export type ImportRefusal = ImportFailure['kind'] | 'unreadable';

export class LarderImport {
  isBusy = $state(false);
  /** A passphrase is asked for. */
  isAsking = $state(false);
  isWrong = $state(false);
  #file: Blob | null = null;
  readonly #opened: (workspace: string) => void;
  readonly #refused: (why: ImportRefusal) => void;

  constructor(opened: (workspace: string) => void, refused: (why: ImportRefusal) => void) {
    this.#opened = opened;
    this.#refused = refused;
  }

  async open(file: Blob, memberName: string, passphrase = ''): Promise<void> {
    this.#file = file;
    this.isBusy = true;
    this.isWrong = false;
    const database = openDeviceDatabase();
    const result = await importWorkspace(database, file, memberName, passphrase).catch(() => null);
    database.close();
    this.isBusy = false;
    if (result === null) return this.#end(() => this.#refused('unreadable'));
    if (result.ok) return this.#end(() => this.#opened(result.value.id));
    const { kind } = result.error;
    if (kind !== 'passphrase-needed' && kind !== 'wrong-passphrase') return this.#end(() => this.#refused(kind));
    this.isAsking = true;
    this.isWrong = kind === 'wrong-passphrase';
  }

  async answer(passphrase: string, memberName: string): Promise<void> {
    if (this.#file) await this.open(this.#file, memberName, passphrase);
  }

  #end(tell: () => void): void {
    this.#file = null;
    this.isAsking = false;
    tell();
  }
}
