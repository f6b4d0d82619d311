// Says what is wrong with a single value and how to mend it; used by the main process.
import { z } from 'zod';
import { type QuantityDeclaration, quantityOf } from '../../common/experiment/quantity.ts';
import { nearest } from './nearest.ts';
import { choicesOf } from './schema-kinds.ts';
import { convert, isSameSymbol, parseMeasure, unitOfSymbol } from './unit-words.ts';
import { assignment, type Complaint, describeValue, either, rangeOf, withUnit } from './wording.ts';

/**
 * @param key the value's key, or '' for an entry of a list.
 * @param value content of a scalar, or the node of a mapping or list.
 * @returns undefined when the schema accepts the value.
 */
export function explainValue(key: string, value: unknown, schema: z.ZodType): Complaint | undefined {
  if (schema.safeParse(value).success) return undefined;
  const declaration = quantityOf(schema);
  if (declaration !== undefined) return explainNumber(key, value, declaration);
  if (schema instanceof z.ZodNumber)
    return [
      `${subject(key)} is ${describeValue(value)} and should be a number`,
      'Write a plain number, without a unit',
    ];
  const choices = choicesOf(schema);
  if (choices !== undefined) return explainChoice(key, value, choices);
  return schema instanceof z.ZodBoolean
    ? explainChoice(key, value, ['true', 'false'])
    : explainText(key, value, schema);
}

function explainNumber(key: string, value: unknown, declaration: QuantityDeclaration): Complaint {
  const { label, unit } = declaration;
  const cure = `Write a ${declaration.isInteger === true ? 'whole ' : ''}number from ${rangeOf(declaration)}`;
  if (typeof value === 'string') {
    const what = `${subject(key)} is ${describeValue(value)} and should be a number`;
    return explainMeasure(key, value, declaration) ?? [what, cure];
  }
  const name = key === '' ? label : `${label} (${key})`;
  if (typeof value !== 'number') return [`${name} is ${describeValue(value)}`, cure];
  if (!Number.isFinite(value)) return [`${name} is ${value}, which is not a number`, cure];
  const fault = outsideOf(value, declaration) ?? `is ${withUnit(value, unit)}, which is not whole`;
  return [`${name} ${fault}`, cure];
}

/** @returns `is 200 µA, outside of 0.001 to 100 µA`; undefined inside the range. */
function outsideOf(value: number, declaration: QuantityDeclaration): string | undefined {
  if (value >= declaration.min && value <= declaration.max) return undefined;
  return `is ${withUnit(value, declaration.unit)}, outside of ${rangeOf(declaration)}`;
}

/** A number written as a text, usually because its unit stands behind it. */
function explainMeasure(key: string, text: string, declaration: QuantityDeclaration): Complaint | undefined {
  const measure = parseMeasure(text);
  if (measure === undefined) return undefined;
  const isPlain = measure.symbol === '' || isSameSymbol(measure.symbol, declaration.unit);
  const own = unitOfSymbol(declaration.unit);
  const written = unitOfSymbol(measure.symbol);
  const value = isPlain ? measure.value : own && written && convert(measure.value, written, own);
  if (value === undefined) {
    const wanted = declaration.unit === '' ? 'a pure number' : `a number in ${declaration.unit}`;
    return [`"${text}" is not ${wanted}`, `Write a number from ${rangeOf(declaration)}, without the unit`];
  }
  const what = isPlain
    ? `"${text}" is a text`
    : `"${text}" is in the wrong unit: ${subject(key)} is given in ${declaration.unit}`;
  const cure = `Write ${assignment(key, value)}${isPlain ? ', a plain number' : ''}`;
  const fault = outsideOf(value, declaration);
  return fault === undefined
    ? [what, cure]
    : [`${what}, and the value ${fault}`, `${cure}, and choose from ${rangeOf(declaration)}`];
}

function explainChoice(key: string, value: unknown, choices: readonly string[]): Complaint {
  const written = describeValue(value);
  const cure = `Write ${either(choices.map((choice) => assignment(key, choice)))}`;
  const kind = typeof value === 'string' ? value.split('/')[0] : undefined;
  if (choices.some((choice) => choice.includes('/') && choice.split('/')[0] === kind)) {
    return [
      `${written} is a version that this program does not read`,
      `${cure}, or open the file with the program that it was written for`,
    ];
  }
  const meant = typeof value === 'string' ? nearest(value, choices) : undefined;
  return [
    `${subject(key)} is ${written}`,
    meant === undefined || choices.length === 1 ? cure : `Did you mean ${meant}? ${cure}`,
  ];
}

function explainText(key: string, value: unknown, schema: z.ZodType): Complaint {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return [
      `${subject(key)} is ${String(value)} and should be a text`,
      `Put it in quotes: ${assignment(key, `"${String(value)}"`)}`,
    ];
  }
  if (value === '') return [`${subject(key)} is empty`, 'Write a text'];
  if (typeof value !== 'string') return [`${subject(key)} is ${describeValue(value)}`, 'Write a text'];
  const wanted = schema.safeParse(value).error?.issues[0]?.message ?? 'another text';
  const asName = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const isMended = schema.safeParse(asName).success;
  return [
    `${subject(key)} is ${describeValue(value)}`,
    `Write ${wanted}${isMended ? `: ${assignment(key, asName)}` : ''}`,
  ];
}

function subject(key: string): string {
  return key === '' ? 'The entry' : key;
}
