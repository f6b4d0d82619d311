// How much each spike of a sender counts when its synapses tire; simulation process.
import { type CompiledShortTerm, shortTermUnit } from '../../learning/short-term.ts';
import { efficacy, facilitated, recovered } from './short-term-kernels.ts';

export class ShortTermSynapses {
  /** Just after the last spike of each sender, in `shortTermUnit`. */
  readonly utilisation: Int32Array;
  readonly resources: Int32Array;
  /** Step of the last arrival; −1 before the first. */
  readonly since: Int32Array;
  readonly #model: CompiledShortTerm;

  constructor(model: CompiledShortTerm, senders: number) {
    this.#model = model;
    this.utilisation = new Int32Array(senders);
    this.resources = new Int32Array(senders).fill(shortTermUnit);
    this.since = new Int32Array(senders).fill(-1);
  }

  /** A spike of the sender arrives. @returns what it counts, in units of 2⁻¹⁵. */
  arrive(sender: number, step: number): number {
    const { utilisation: first, facilitationFactors, recoveryFactors } = this.#model;
    const age = step - this.since[sender]!;
    const used = this.utilisation[sender]!;
    const utilisation = facilitated(used, facilitationFactors[age] ?? 0, first);
    const resources = recovered(this.resources[sender]!, used, recoveryFactors[age] ?? 0);
    this.utilisation[sender] = utilisation;
    this.resources[sender] = resources;
    this.since[sender] = step;
    return efficacy(utilisation, resources);
  }
}
