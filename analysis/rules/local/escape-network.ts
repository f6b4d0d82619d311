// A small network whose receivers fire at random at a rate set by their weights, in many copies: exploration by spikes; analysis process.
import type { Random } from '../base/random.ts';
import type { Matrix } from '../base/matrix.ts';
import { PoissonSpikes } from './spike-times.ts';

/** Regular senders, and receivers that fire as Poisson processes at base × exp(Σ w × sender's rate). */
export interface EscapeNetwork {
  readonly copies: number;
  readonly senderRatesHz: readonly number[];
  /** Receivers × senders; the product with rates in kHz is the exponent. */
  readonly weights: Matrix;
  readonly baseRateHz: number;
}

/** @returns the receivers' rates in Hz. */
export const escapeRatesHz = ({ senderRatesHz, weights, baseRateHz }: EscapeNetwork): number[] =>
  Array.from({ length: weights.rows }, (_, receiver) => {
    const row = weights.row(receiver);
    const drive = senderRatesHz.reduce((sum, rate, sender) => sum + (row[sender]! * rate) / 1000, 0);
    return baseRateHz * Math.exp(drive);
  });

/** Synapses in rows: copy by copy, receiver by receiver, sender by sender. */
export class EscapeSpikes {
  readonly #network: EscapeNetwork;
  readonly #receivers: readonly PoissonSpikes[];
  #time = 0;

  constructor(network: EscapeNetwork, random: readonly Random[]) {
    this.#network = network;
    this.#receivers = escapeRatesHz(network).map(
      (rateHz, receiver) => new PoissonSpikes(network.copies, rateHz / 1000, random[receiver]!),
    );
  }

  /** @returns the spikes of the next ms: for each receiver the copies in which it fires, and the indices of synapses. */
  next(): { readonly firing: readonly (readonly number[])[]; readonly arrivals: number[]; readonly firings: number[] } {
    const { copies, senderRatesHz } = this.#network;
    const [senders, receivers] = [senderRatesHz.length, this.#receivers.length];
    const arrivals: number[] = [];
    senderRatesHz.forEach((rateHz, sender) => {
      if (this.#time % Math.round(1000 / rateHz) !== 0) return;
      for (let row = 0; row < copies * receivers; row++) arrivals.push(row * senders + sender);
    });
    const firing = this.#receivers.map((each) => each.next());
    const firings: number[] = [];
    firing.forEach((inCopies, receiver) => {
      for (const copy of inCopies) {
        const row = copy * receivers + receiver;
        for (let sender = 0; sender < senders; sender++) firings.push(row * senders + sender);
      }
    });
    this.#time++;
    return { firing, arrivals, firings };
  }
}
