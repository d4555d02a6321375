import * as v from 'valibot';
import { type Result, fail, ok } from '#core/result.ts';
import { nameLimits } from '#core/units/name-limits.ts';

export type BadRequest =
  /** Dotted path of the first field that is wrong, or empty when the body is no JSON object. */
  | { readonly kind: 'bad-request'; readonly field: string }
  /** A name with more than `most` characters. */
  | { readonly kind: 'name-too-long'; readonly field: string; readonly most: number };

/** Reads a JSON body of the expected form; anything else is refused, a name that is too long with how long it may be. */
export const parseBody = async <Schema extends v.GenericSchema>(
  request: { text(): Promise<string> },
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>, BadRequest>> => {
  let body: unknown;
  try {
    body = JSON.parse((await request.text()) || '{}');
  } catch {
    return fail({ kind: 'bad-request', field: '' });
  }
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? '';
  const most = issue.type === nameTooLong ? Number(issue.requirement) : 0;
  return fail(most > 0 ? { kind: 'name-too-long', field, most } : { kind: 'bad-request', field });
};

const shows = /[^\p{C}\p{Z}]/u;
/** Nothing that breaks a line, or turns around what stands beside it. */
const isOneLine = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u;
const aName = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most), v.regex(shows), v.regex(isOneLine));
const nameTooLong = 'max_length';

export const nameSchema = aName(nameLimits.person);
export const brandSchema = aName(nameLimits.brand);
export const tokenSchema = v.pipe(v.string(), v.minLength(16), v.maxLength(128));
