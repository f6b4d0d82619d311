// Written by `npx vitest run simulation/kernel -u`: what a spike does to the synapses of its neuron, for each rule in simulation/learning. Simulation process.
import type { PlasticArrays } from './plastic-arrays.ts';

function share(value: number, mantissa: number, shift: number): number {
  return (
    (((((Math.imul(value >> 14, mantissa) + (Math.imul(value & 16383, mantissa) >> 14)) | 0) >> ((shift - 1) | 0)) +
      1) |
      0) >>
    1
  );
}

const pairStdp = {
  /** @returns the sum of all changes. */
  onArrival(plastic: PlasticArrays, sender: number, step: number): number {
    const { weights, rowStart, targets } = plastic;
    const depressionMantissa = plastic.parameters[2]!;
    const depressionShift = plastic.parameters[3]!;
    const scale = plastic.parameters[4]!;
    const changeMax = plastic.parameters[5]!;
    let change = 0;
    for (let synapse = rowStart[sender]!; synapse < rowStart[sender + 1]!; synapse++) {
      const receiver = targets[synapse]!;
      const receiverTrace = plastic.receiverTraces[0]!.at(receiver, step);
      const weight = weights[synapse]!;
      const t0 = share(receiverTrace, depressionMantissa, depressionShift);
      const t1 = (weight - ((changeMax < t0 ? changeMax : t0) << scale)) | 0;
      const after = t1 < 0 ? 0 : t1;
      weights[synapse] = after;
      change += after - weight;
    }
    return change;
  },
  /** @returns the sum of all changes. */
  onFiring(plastic: PlasticArrays, receiver: number, step: number): number {
    const { weights, columnStart, synapses, senders } = plastic;
    const potentiationMantissa = plastic.parameters[0]!;
    const potentiationShift = plastic.parameters[1]!;
    const scale = plastic.parameters[4]!;
    const changeMax = plastic.parameters[5]!;
    const maximum = plastic.parameters[6]!;
    let change = 0;
    for (let entry = columnStart[receiver]!; entry < columnStart[receiver + 1]!; entry++) {
      const synapse = synapses[entry]!;
      const sender = senders[entry]!;
      const senderTrace = plastic.senderTraces[0]!.at(sender, step);
      const weight = weights[synapse]!;
      const t0 = share(senderTrace, potentiationMantissa, potentiationShift);
      const t1 = (weight + ((changeMax < t0 ? changeMax : t0) << scale)) | 0;
      const after = maximum < t1 ? maximum : t1;
      weights[synapse] = after;
      change += after - weight;
    }
    return change;
  },
};

export const ruleKernels = { pairStdp } as const;
