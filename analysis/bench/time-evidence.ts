// Times iterations of a spiking network that learns to accumulate evidence; bench program of the analysis.
import type { EvidenceRunAnswer, EvidenceRunRequest } from '../../common/bench/evidence-run.ts';
import { Random } from '../rules/base/random.ts';
import { evidenceAccumulation } from '../rules/tasks/evidence-accumulation.ts';
import { EvidenceLearner } from '../rules/time/evidence-learner.ts';
import { evidenceSettings, SpikingNetwork } from '../rules/time/spiking-network.ts';
import { addSurrogateGradient } from '../rules/time/surrogate-gradient.ts';

/** No threshold adapts: snnTorch has no such neuron to compare with. One iteration before those that count. */
export function timeEvidence({ credit, batch, iterations }: EvidenceRunRequest): EvidenceRunAnswer {
  const task = evidenceAccumulation();
  const network = SpikingNetwork.random({ ...evidenceSettings, adaptive: 0, inputs: task.inputs }, new Random(1));
  const learner = new EvidenceLearner(network, { credit }, new Random(1, 3), addSurrogateGradient);
  const trials = new Random(1, 1);
  const seconds: number[] = [];
  let rateHz = 0;
  for (let iteration = 0; iteration <= iterations; iteration++) {
    const beganMs = performance.now();
    const { meanRateHz } = learner.learn(task, batch, trials);
    if (iteration === 0) continue;
    seconds.push((performance.now() - beganMs) / 1000);
    rateHz += meanRateHz / iterations;
  }
  return { seconds, rateHz };
}
