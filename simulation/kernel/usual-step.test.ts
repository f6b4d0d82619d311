// What usual kernels leave out, and what they test so that they may.
import { describe, expect, it } from 'vitest';
import { conductanceLifModels } from '../models/conductance-lif.ts';
import { izhikevichModels } from '../models/izhikevich.ts';
import { lifModels } from '../models/lif.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import { cpp } from './cpp.ts';
import { constant, type IntNode } from './expression.ts';
import { type UsualStep, usualStepOf } from './usual-step.ts';
import { functionsOf, Writer } from './write-out.ts';

function usual(model: NeuronModel) {
  const step = usualStepOf(model)!;
  const tests = [...step.tests].map(([node, range]) => [new Writer(cpp, [node]).text(node), range]);
  return { step, tests: Object.fromEntries(tests) as Record<string, readonly [number, number]> };
}

describe('the usual step', () => {
  it('of neurons with currents tests each current and sums their shares and the potential in single precision', () => {
    const dual = lifModels.find(({ name }) => name === 'dualLif')!;
    const { step, tests } = usual(dual);
    expect(tests).toEqual({
      '(excitatoryCurrent + excitatoryReceived)': [-(2 ** 23), 2 ** 23 - 1],
      '(inhibitoryCurrent + inhibitoryReceived)': [-(2 ** 23), 2 ** 23 - 1],
    });
    expect(step.sum).toMatchObject({ decoded: step.reaching.value, gainsOf: [...step.tests.keys()], limit: 2 ** 23 });
  });

  it('sums in single precision beside noise too, and not what conductances change', () => {
    expect(lifModels.map((model) => usualStepOf(model)!.sum?.gainsOf.length)).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
    expect(conductanceLifModels.map((model) => usualStepOf(model)!.sum)).toEqual(
      conductanceLifModels.map(() => undefined),
    );
  });

  it('multiplies conductances that are larger than single precision holds in two pieces', () => {
    const { step } = usual(conductanceLifModels[0]!);
    const called = functionsOf([...Object.values(step.next)]).map(({ name }) => name);
    expect(called).toEqual(expect.arrayContaining(['product27', 'product27OfLarge', 'left', 'shareOfLarge']));
  });

  it('relaxes by what conductances pull, which together are less than half of a step', () => {
    const { step, tests } = usual(conductanceLifModels[0]!);
    const excited = '((excitatory + excitatoryReceived) + 0)';
    const inhibited = '(inhibitory + inhibitoryReceived)';
    expect(tests).toEqual({
      potential: [-3 * 2 ** 20, 5 * 2 ** 20 - 1],
      [excited]: [0, 2 ** 24 - 1],
      [inhibited]: [0, 2 ** 26 - 1],
      [`((leak + ${excited}) + ${inhibited})`]: [0, 2 ** 26 - 1],
    });
    const names = (nodes: readonly IntNode[]) => nodes.map((node) => new Writer(cpp, [node]).text(node));
    expect(names(step.change!.fixed)).toEqual(['leak']);
    expect(names(step.change!.towards)).toEqual(['bias', 'excitatoryReversal', 'inhibitoryReversal']);
    expect(step.change!.range).toEqual(tests['potential']);
  });

  it('tests a potential that relaxes only where noise is added to it', () => {
    const isTested = ({ tests, reaching }: UsualStep) => tests.has(reaching.value);
    expect(conductanceLifModels.map((model) => [model.name, isTested(usual(model).step)])).toEqual([
      ['conductanceLif', false],
      ['conductanceLifDriven', false],
      ['conductanceLifNoisy', true],
      ['conductanceLifNoisyDriven', true],
    ]);
  });

  it('computes what a decay leaves of a current in one product, and of one that is larger than single precision holds in two', () => {
    const called = (model: NeuronModel, name: string) =>
      functionsOf([usual(model).step.next[name]!]).map((each) => each.name);
    const dual = lifModels.find(({ name }) => name === 'dualLif')!;
    expect(called(dual, 'excitatoryCurrent')).toEqual(['left']);
    expect(called(dual, 'inhibitoryCurrent')).toEqual(['left']);
    expect(called(conductanceLifModels[0]!, 'excitatory')).toEqual(['left']);
    expect(called(conductanceLifModels[0]!, 'inhibitory')).toEqual(['shareOfLarge']);
  });

  it('has no bounds, for they do not act', () => {
    for (const model of [...lifModels, ...conductanceLifModels]) {
      const called = functionsOf(Object.values(usual(model).step.next)).map(({ name }) => name);
      expect(called).not.toContain('clamped');
      expect(called).not.toContain('fromZeroTo');
    }
  });

  it('is not there for a model that does not say where it usually is', () => {
    expect(izhikevichModels.map(usualStepOf)).toEqual(izhikevichModels.map(() => undefined));
  });

  it('is a defect of a model that is saturated where no bound acts', () => {
    const [model] = lifModels;
    const isSaturated = constant(0).isBelow(model!.step.next['potential']!);
    expect(() => usualStepOf({ ...model!, step: { ...model!.step, isSaturated } })).toThrow('nothing is saturated');
  });
});
