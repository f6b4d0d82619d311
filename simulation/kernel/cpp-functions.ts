// Writes the C++ of the functions that the native back end's kernels call; build time only.
import { shortTermRoots } from '../learning/short-term.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import { cpp } from './cpp.ts';
import { randomBits, rootsOfStep } from './step-roots.ts';
import { functionsOf, writeFunction } from './write-out.ts';

export const indented = (lines: readonly string[], depth: number) =>
  lines.flatMap((line) => line.split('\n')).map((line) => `${'  '.repeat(depth)}${line}`);

export const cppHeader = '// Written by `npx vitest run simulation/kernel -u` from simulation/models.';

/** @returns the text of a header: the functions that kernels call. */
export function writeCppFunctions(models: readonly NeuronModel[]): string {
  const functions = functionsOf([...models.flatMap(rootsOfStep), randomBits, ...shortTermRoots]);
  return `${cppHeader}
#pragma once

#include <cstdint>

namespace exocortex {

${functions.map((each) => writeFunction(each, cpp)).join('\n\n')}

}  // namespace exocortex
`;
}

export const parameterLines = (from: string, parameters: readonly string[], used: ReadonlySet<string>) =>
  parameters.flatMap((each, index) =>
    used.has(each) ? [`const int32_t ${each} = ${from}.parameters[${index}];`] : [],
  );
