// The numeric parameters of an experiment as rows of label, value, unit and range, read off the schemas. Main process.
import { z } from 'zod';
import type { ParameterRow } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { experimentSchema } from '../../common/experiment/experiment.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import type { QuantityDeclaration } from '../../common/experiment/quantity.ts';

/** Takes optional and default wrappers off. */
function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? bare(schema.unwrap() as z.ZodType)
    : schema;
}

function declarationOf(schema: z.ZodType): QuantityDeclaration | undefined {
  const meta = schema.meta();
  return meta !== undefined && 'unit' in meta ? (meta as unknown as QuantityDeclaration) : undefined;
}

function memberFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodType | undefined {
  return union.options.find((option) => (option as z.ZodType).safeParse(value).success) as z.ZodType | undefined;
}

function* rows(schema: z.ZodType, value: unknown, group: string): Generator<ParameterRow> {
  const kind = bare(schema);
  if (value === undefined) return;
  if (kind instanceof z.ZodNumber) {
    const declaration = declarationOf(kind);
    if (declaration !== undefined)
      yield {
        group,
        label: declaration.label,
        value: String(value),
        unit: declaration.unit,
        range: `${declaration.min} to ${declaration.max}`,
      };
  } else if (kind instanceof z.ZodObject) {
    for (const [key, member] of Object.entries(kind.shape))
      yield* rows(member as z.ZodType, (value as Record<string, unknown>)[key], group);
  } else if (kind instanceof z.ZodArray) {
    for (const [index, item] of (value as unknown[]).entries()) {
      const itemName =
        typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : String(index + 1);
      yield* rows(kind.element as z.ZodType, item, `${group} · ${itemName}`);
    }
  } else if (kind instanceof z.ZodDiscriminatedUnion) {
    const member = memberFor(kind, value);
    if (member !== undefined) yield* rows(member, value, group);
  }
}

/** Group names by key of the experiment. Stimuli and phases have tables of their own in the view. */
const experimentGroups = {
  source: 'Source',
  detection: 'Detection',
  tickMilliseconds: 'Loop',
  deadlineMilliseconds: 'Loop',
  seed: 'Loop',
} as const;
const networkGroups = {
  stepMilliseconds: 'Network',
  populations: 'Population',
  projections: 'Projection',
  inputs: 'Input',
  readouts: 'Readout',
} as const;

/** Every numeric parameter with its value; the order is the schema's. */
export function describeParameters({ experiment, network }: CheckedExperiment): ParameterRow[] {
  const found: ParameterRow[] = [];
  for (const [key, group] of Object.entries(experimentGroups) as [keyof typeof experimentGroups, string][]) {
    found.push(...rows(experimentSchema.shape[key], experiment[key], group));
  }
  for (const [key, group] of Object.entries(networkGroups) as [keyof typeof networkGroups, string][]) {
    found.push(...rows(networkModelSchema.shape[key], network[key], group));
  }
  return found;
}
