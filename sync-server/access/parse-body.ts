import * as v from 'valibot';
import { type Result, fail, ok } from '#core/result.ts';

export interface BadRequest {
  readonly kind: 'bad-request';
  /** Dotted path of the first field that is wrong, or empty when the body is no JSON object. */
  readonly field: string;
}

/** Reads a JSON body of the expected form; anything else is `bad-request`. */
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
  return fail({ kind: 'bad-request', field: v.getDotPath(parsed.issues[0]) ?? '' });
};

export const nameSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
export const brandSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
export const tokenSchema = v.pipe(v.string(), v.minLength(16), v.maxLength(128));
