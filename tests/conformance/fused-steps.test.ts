// Synapses that change in every step are changed in one loop, where the native back end has one for the shape of their rule: for those of the
// catalogue. `-u` lists their shapes anew in native/src/fused-shapes.hpp, from which `npm run native` makes the loops.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spikingRules } from '../../common/experiment/network/plasticity.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import { drivenNetwork } from '../../main/shells/node/commands/bench-rules/rule-network.ts';
import { loadNative } from '../../native/load-native.ts';
import type { NativeNetwork, NativeNetworkPlan, NativeVectors } from '../../native/native-addon.ts';
import { root } from '../../scripts/paths.mjs';
import { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import { instructionSet } from '../../simulation/bench/instruction-set.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';

const loaded = loadNative({ applicationRoot: root });
const { native } = loaded;
const vectors = { 'x86-64-v4 (AVX-512)': ['avx512', 'avx2'], 'x86-64-v3 (AVX2)': ['avx2'] } as const;
const loops = native === undefined ? [] : (vectors[instructionSet(loaded.path) as keyof typeof vectors] ?? []);
const steppingRules = spikingRules.filter(({ on }) => Object.hasOwn(on, 'step'));

/** How many settings of its parameters a rule is tried with: the shape depends on how large numbers become. */
const settings = 100;
const weightsMillivolts = [0.002, 0.05, 0.5, 5];

/** The native network of a rule with its usual parameters, or each with a chance of a half up to ten times as large or small. */
function open(rule: RuleDeclaration, setting: number, madeFor: NativeVectors = 'avx512'): NativeNetwork {
  const random = new RandomSequence(setting);
  const configuration = structuredClone(drivenNetwork(rule, { neurons: 20, synapsesPerNeuron: 3 }));
  const [projection] = configuration.network.projections;
  const largest = weightsMillivolts[setting % weightsMillivolts.length]!;
  const plasticity = projection!.plasticity as unknown as Record<string, unknown>;
  for (const [key, { default: usual, min, max }] of Object.entries(rule.parameters)) {
    const factor = random.uniform() < 0.5 || setting < weightsMillivolts.length ? 1 : 10 ** (2 * random.uniform() - 1);
    if (key in plasticity) plasticity[key] = Math.min(max, Math.max(min, usual * factor));
    else plasticity[`${key}Millivolts`] = largest;
  }
  let network: NativeNetwork | undefined;
  function Opened(plan: NativeNetworkPlan): NativeNetwork {
    return (network = new native!.Network(plan));
  }
  const weightMillivolts = largest / 2;
  const { network: model, ...rest } = configuration;
  const projections = [{ ...projection!, weightMillivolts }];
  new NativeBackend(
    compileNetwork({ ...rest, network: { ...model, projections } }),
    Opened as unknown as new (plan: NativeNetworkPlan) => NativeNetwork,
    1,
    madeFor,
  );
  return network!;
}

/** @returns the shapes that synapses of the rule have, in the order in which the settings show them; none where receivers alone change */
function shapesOf(rule: RuleDeclaration): string[] {
  const shapes = Array.from({ length: settings }, (_, setting) => {
    const network = open(rule, setting);
    const shape = network.stepShape(0);
    network.release();
    return shape;
  });
  return [...new Set(shapes)].filter((shape) => shape !== '');
}

function written(): string {
  const names = new Map<string, string>();
  for (const rule of steppingRules) {
    for (const shape of shapesOf(rule)) names.set(shape, [names.get(shape), rule.name].filter(Boolean).join(', '));
  }
  const shapes = [...names].map(([shape, rules], number) => {
    const steps = shape.trimEnd().split('\n');
    return [
      `// ${rules}`,
      'template <>',
      `struct FusedShape<${number}> {`,
      `  static constexpr std::array<LaneShape, ${steps.length}> steps{{`,
      ...steps.map((step) => `    ${step}`),
      '  }};',
      '};',
      '',
    ].join('\n');
  });
  return [
    '// Written by `npx vitest run --project unit tests/conformance/fused-steps.test.ts -u` from the catalogue of learning rules.',
    '#pragma once',
    '',
    '#include "lane-shapes.hpp"',
    '',
    '#include <array>',
    '',
    'namespace exocortex {',
    '',
    ...shapes,
    `constexpr std::size_t fusedShapes = ${shapes.length};`,
    '',
    '}  // namespace exocortex',
    '',
  ].join('\n');
}

describe.runIf(native !== undefined)('rules whose synapses change in every step', () => {
  it('have the shapes that there are loops for', async () => {
    await expect(written()).toMatchFileSnapshot(join(root, 'native', 'src', 'fused-shapes.hpp'));
  });

  it.runIf(loops.length > 0).each(steppingRules)('$name changes them in one loop', (rule) => {
    for (const madeFor of loops) {
      const network = open(rule, 0, madeFor);
      expect(network.isStepFused(0), madeFor).toBe(network.stepShape(0) !== '');
      network.release();
    }
  });

  it.each(steppingRules)('$name changes them in several loops, where registers are short', (rule) => {
    const network = open(rule, 0, 'any');
    expect(network.isStepFused(0)).toBe(false);
    network.release();
  });
});
