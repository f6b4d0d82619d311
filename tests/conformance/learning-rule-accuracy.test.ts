// Every learning rule of the loop, computed in whole numbers, stays beside the same rule in double precision.
import { describe, expect, it } from 'vitest';
import { Random } from '../../analysis/rules/base/random.ts';
import { SynapseSimulation } from '../../analysis/rules/local/synapse-simulation.ts';
import { spikingRules } from '../../common/experiment/network/plasticity.ts';
import { parseRule } from '../../common/learning-rule/parsed-rule.ts';
import { PlasticSynapses } from '../../simulation/backend/typescript/plastic-synapses.ts';
import { toQ16 } from '../../simulation/kernel/share-of.ts';
import { oneRule, weightUnitOf } from '../../simulation/learning/one-rule.fixture.ts';
import { SpikeList } from '../../simulation/spike-list.ts';

const steps = 1000;
const stepMilliseconds = 1;
const restMillivolts = -70;
const largestWeight = 4;

function listOf(happens: boolean): SpikeList {
  const list = new SpikeList();
  if (happens) list.add(0);
  return list;
}

describe.each(spikingRules)('the learning rule $name', (declaration) => {
  it('follows its double over a second of spikes, potentials and signals, to a ten-thousandth of its largest change', () => {
    const rule = oneRule(
      { rule: declaration.name, maximumWeightMillivolts: largestWeight },
      stepMilliseconds,
      restMillivolts,
    );
    const unit = weightUnitOf(rule);
    const potential = new Int32Array(1);
    const rows = { rowStart: Uint32Array.of(0, 1), targets: Uint32Array.of(0), weights: Int32Array.of(2 * unit) };
    const whole = new PlasticSynapses('one', rule, rows, { receivers: 1, potential }, stepMilliseconds);
    const double = new SynapseSimulation(
      parseRule(declaration),
      { maximumWeight: largestWeight },
      {
        count: 1,
        stepMilliseconds,
        weights: 2,
      },
    );
    const random = new Random(11);
    const signals = new Int32Array(rule.factors.length + 1).fill(1);
    let [largestChange, largestError] = [0, 0];
    let above = 0;
    for (let step = 0; step < steps; step++) {
      const [arrives, fires] = [random.uniform() < 0.03, random.uniform() < 0.03];
      // The averages of both begin at rest.
      above = step === 0 ? 0 : Math.max(-15, Math.min(30, above + 4 * random.normal()));
      potential[0] = toQ16(above);
      const given: Record<string, number> = { u: restMillivolts + potential[0]! / toQ16(1) };
      for (const [index, { symbol, low, high, binaryPlaces }] of rule.factors.entries()) {
        const value = Math.max(low, Math.min(high, Math.round((0.5 + random.normal()) * 2 ** binaryPlaces)));
        signals[index] = value;
        given[symbol] = value / 2 ** binaryPlaces;
      }
      whole.step(step, listOf(arrives), listOf(fires), signals);
      double.step({ arrivals: arrives ? [0] : [], firings: fires ? [0] : [], signals: given });
      largestChange = Math.max(largestChange, Math.abs(double.weights[0]! - 2));
      largestError = Math.max(largestError, Math.abs(whole.weights[0]! / unit - double.weights[0]!));
    }
    expect(largestChange).toBeGreaterThan(0);
    expect(largestError / largestChange).toBeLessThan(1e-4);
  });
});
