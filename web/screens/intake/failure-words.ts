import type { FileFailure } from '#web/engine/import/messages.ts';
import { intakeFailuresWords } from '#web/words/intake-failures.ts';

/** What went wrong with a file, in words. */
export const failureWords = (failure: FileFailure): { readonly title: string; readonly text: string } => {
  const failed = intakeFailuresWords();
  switch (failure.kind) {
    case 'binary-file':
      return { title: failed['binary-file'].title, text: failed['binary-file'][failure.looksLike] };
    case 'too-large':
      return failed['too-large'](failure.limitBytes);
    case 'too-many-rows':
      return failed['too-many-rows'](failure.limit);
    case 'not-a-table':
      return failed['not-a-table'](failure.line);
    case 'engine-failed':
      return failed['engine-failed'](failure.detail);
    default:
      return failed[failure.kind];
  }
};
