// Writes the C++ of all neuron models; build time only.
import type { NeuronModel } from '../models/neuron-model.ts';
import { shortTermRoots } from '../learning/short-term.ts';
import { cpp } from './cpp.ts';
import { functionsOf, tablesOf, variablesOf, writeFunction } from './write-out.ts';
import { randomBits, rootsOfStep, writeStep } from './step-roots.ts';

const capital = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

const indented = (lines: readonly string[], depth: number) =>
  lines.flatMap((line) => line.split('\n')).map((line) => `${'  '.repeat(depth)}${line}`);

const header = '// Written by `npx vitest run simulation/kernel -u` from simulation/models.\n#pragma once';

/** @returns the text of a header: the functions that kernels call. */
export function writeCppFunctions(models: readonly NeuronModel[]): string {
  const functions = functionsOf([...models.flatMap(rootsOfStep), randomBits, ...shortTermRoots]);
  return `${header}

#include <cstdint>

namespace exocortex {

${functions.map((each) => writeFunction(each, cpp)).join('\n\n')}

}  // namespace exocortex
`;
}

/** @returns the text of a header: how each model advances a population by a step. */
export function writeCppKernels(models: readonly NeuronModel[]): string {
  return `${header}

#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"

namespace exocortex {

namespace {

${models.map(writeStepKernel).join('\n\n')}

}  // namespace

const std::map<std::string, StepKernel> stepKernels = {
${models.map(({ name }) => `    {"${name}", step${capital(name)}},`).join('\n')}
};

}  // namespace exocortex
`;
}

function writeStepKernel(model: NeuronModel): string {
  const { name, state, receptors, parameters, isRandom } = model;
  const roots = rootsOfStep(model);
  const used = variablesOf(roots);
  const { statements, next, fires, isSaturated, random } = writeStep(model, cpp);
  const arrays = (of: string, names: readonly string[]) =>
    names.map((each, index) => `int32_t* __restrict ${each}Of = arrays.${of}[${index}];`);
  return [
    'EXOCORTEX_CLONES',
    `int32_t step${capital(name)}(const StepArrays& arrays) {`,
    ...indented(
      [
        ...arrays('state', state),
        ...arrays('received', receptors),
        'uint8_t* __restrict firedOf = arrays.fired;',
        'const int32_t neurons = arrays.neurons;',
        ...(isRandom ? ['const int32_t randomKey = arrays.randomKey;', 'const int32_t stepKey = arrays.stepKey;'] : []),
        ...[...tablesOf(roots)].map((each, index) => `const int32_t* __restrict ${each} = arrays.tables[${index}];`),
        ...parameterLines('arrays', parameters, used),
        ...(isSaturated === undefined ? [] : ['int32_t saturated = 0;']),
        'EXOCORTEX_INDEPENDENT',
        'for (int32_t neuron = 0; neuron < neurons; neuron++) {',
        ...indented(
          [
            ...state.filter((each) => used.has(each)).map((each) => `const int32_t ${each} = ${each}Of[neuron];`),
            ...receptors.map((each) => `const int32_t ${each} = ${each}Of[neuron];\n${each}Of[neuron] = 0;`),
            ...(random === undefined ? [] : [`const int32_t randomBits = ${random};`]),
            ...statements,
            ...state.map((each, index) => `${each}Of[neuron] = ${next[index]!};`),
            `firedOf[neuron] = ${fires};`,
            ...(isSaturated === undefined ? [] : [`saturated += ${isSaturated};`]),
          ],
          1,
        ),
        '}',
        isSaturated === undefined ? 'return 0;' : 'return saturated;',
      ],
      1,
    ),
    '}',
  ].join('\n');
}

const parameterLines = (from: string, parameters: readonly string[], used: ReadonlySet<string>) =>
  parameters.flatMap((each, index) =>
    used.has(each) ? [`const int32_t ${each} = ${from}.parameters[${index}];`] : [],
  );
