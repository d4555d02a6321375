/** Why a question was not answered: a kind for the screen to put into words, and what belongs to it. */
export class EngineFailure extends Error {
  readonly kind: string;
  readonly detail: unknown;

  constructor(kind: string, detail: unknown = null) {
    super(kind);
    this.name = 'EngineFailure';
    this.kind = kind;
    this.detail = detail;
  }
}
