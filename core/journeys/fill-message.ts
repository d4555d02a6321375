/**
 * The text of one planned message: a member's own template where there is one, else the first starter whose fields
 * are all known, those of the person's kind of content before any other. A field that is missing refuses, by name. The advertising-law check is asked for the kind of product.
 */
import type { Product } from '../catalogue/product.ts';
import type { ContentKind } from '../insight/preference/preference-parameters.ts';
import { type Result, fail, ok } from '../result.ts';
import { civilFromDay } from '../units/business-day.ts';
import { type Finding, checkLine } from '../wording/check-line.ts';
import { deriveProductKind } from '../wording/derive-product-kind.ts';
import { fillTemplate } from '../wording/fill-template.ts';
import type { FollowUpStep, PlannedMessage } from './follow-up.ts';
import {
  cookingFacts,
  dayWords,
  keepingFacts,
  messageFields,
  starterTemplates,
  type StarterTemplate,
  unnamed,
} from './templates.data.ts';

export interface FilledMessage {
  readonly text: string;
  /** Of the starter that was taken; empty for a member's own text and for service. */
  readonly content: ContentKind | '';
  readonly findings: readonly Finding[];
}

export type MessageFailure = { readonly kind: 'missing-field'; readonly field: string };

export const fillMessage = (
  message: PlannedMessage,
  ownTemplate: string,
  product: Product | null,
  clipTitle: string,
): Result<FilledMessage, MessageFailure> => {
  const fields = fieldsOf(message, product, clipTitle);
  const templates = ownTemplate.trim() === '' ? startersFor(message) : [{ content: '' as const, text: ownTemplate }];
  let failure: MessageFailure = { kind: 'missing-field', field: messageFields.product };
  for (const { content, text } of templates) {
    const filled = fillTemplate(text, fields);
    if (filled.ok)
      return ok({
        text: filled.value,
        content,
        findings: checkLine(filled.value, product ? deriveProductKind(product) : 'ordinary'),
      });
    failure = { kind: 'missing-field', field: filled.error.field };
  }
  return fail(failure);
};

/** What the editor starts from. */
export const starterOf = (step: FollowUpStep): string => starterTemplates[step][0]?.text ?? '';

/** Those of the person's kind of content first. */
function startersFor({ step, content }: PlannedMessage): readonly StarterTemplate[] {
  const starters = starterTemplates[step];
  const isWanted = (starter: StarterTemplate): boolean => starter.content === content.kind;
  return [...starters.filter(isWanted), ...starters.filter((starter) => !isWanted(starter))];
}

function fieldsOf(
  message: PlannedMessage,
  product: Product | null,
  clipTitle: string,
): Readonly<Record<string, string>> {
  const facts = product?.facts ?? {};
  const fact = (keys: readonly string[]): string =>
    keys.map((key) => facts[key] ?? '').find((text) => text !== '') ?? '';
  return {
    ...facts,
    [messageFields.name]: message.alias === '' ? unnamed : message.alias,
    [messageFields.product]: product?.name ?? message.productName,
    [messageFields.clip]: clipTitle,
    [messageFields.cooking]: fact(cookingFacts),
    [messageFields.keeping]: fact(keepingFacts),
    [messageFields.day]: dayText(message.reason.medianDay),
  };
}

function dayText(day: number | undefined): string {
  if (day === undefined || day <= 0) return '';
  const { month, date } = civilFromDay(day);
  return `${month}${dayWords[0]}${date}${dayWords[1]}`;
}
