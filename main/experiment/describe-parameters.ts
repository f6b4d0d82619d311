// The numeric parameters of an experiment as rows of label, value, unit and range, read off the schemas. Main process.
import { z } from 'zod';
import type { ParameterRow } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { experimentSchema } from '../../common/experiment/experiment.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import { quantityOf } from '../../common/experiment/quantity.ts';
import { asType, keysOf, optionsOf, unwrap } from './schema-kinds.ts';

/** @param value what the schema has accepted. */
function* rows(schema: z.ZodType, value: unknown, group: string): Generator<ParameterRow> {
  const { inner } = unwrap(schema);
  const declaration = quantityOf(inner);
  if (declaration !== undefined && value !== undefined) {
    const { label, unit, min, max } = declaration;
    yield { group, label, value: String(value), unit, range: `${min} to ${max}` };
  } else if (inner instanceof z.ZodArray && Array.isArray(value)) {
    for (const [index, entry] of (value as unknown[]).entries()) {
      const name = isRecord(entry) && 'name' in entry ? String(entry['name']) : String(index + 1);
      yield* rows(asType(inner.element), entry, `${group} · ${name}`);
    }
  } else if (isRecord(value)) {
    const map = inner instanceof z.ZodDiscriminatedUnion ? optionOf(inner, value) : inner;
    if (!(map instanceof z.ZodObject)) return;
    for (const [key, member] of keysOf(map)) yield* rows(member, value[key], group);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function optionOf(union: z.ZodDiscriminatedUnion, value: Record<string, unknown>): z.ZodType | undefined {
  const { key, options } = optionsOf(union);
  return options.get(String(value[key]));
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
