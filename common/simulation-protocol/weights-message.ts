// Simulation to rig, on request: all plastic weights, in parts. Payload: tick f64, total u32, index of the first u32, weights f32 each.
import { FrameWriter } from '../transport/frame.ts';
import { protocolFault, simulationMessage, viewOf } from './messages.ts';
import type { WeightsSnapshot } from './result.ts';

const headerBytes = 16;
const weightsPerMessage = 1024 * 1024;

/** @returns the frames of a snapshot, at least one, each of its own memory. */
export function encodeWeights({ tick, weights }: WeightsSnapshot): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let first = 0; first === 0 || first < weights.length; first += weightsPerMessage) {
    const part = weights.subarray(first, first + weightsPerMessage);
    const writer = new FrameWriter(headerBytes + part.byteLength);
    writer.begin(simulationMessage.weights);
    writer.f64(tick);
    writer.u32(weights.length);
    writer.u32(first);
    for (const weight of part) writer.f32(weight);
    frames.push(writer.end());
  }
  return frames;
}

/** Puts the parts of one snapshot together. */
export class WeightsReader {
  readonly #weights: Float32Array;
  #received = 0;

  constructor(plasticSynapses: number) {
    this.#weights = new Float32Array(plasticSynapses);
  }

  /** @returns the snapshot with its last part, otherwise undefined. @throws SimulationFaultError 'protocol'. */
  read(payload: Uint8Array): WeightsSnapshot | undefined {
    const weights = this.#weights;
    const count = (payload.length - headerBytes) / 4;
    if (count < 0 || !Number.isInteger(count)) throw protocolFault(`weights of ${payload.length} bytes`);
    const view = viewOf(payload);
    const total = view.getUint32(8, true);
    const first = view.getUint32(12, true);
    if (total !== weights.length || first !== this.#received || first + count > total) {
      throw protocolFault(
        `weights ${first} to ${first + count} of ${total}, after ${this.#received} of ${weights.length}`,
      );
    }
    for (let index = 0; index < count; index++) weights[first + index] = view.getFloat32(headerBytes + 4 * index, true);
    this.#received += count;
    return this.#received === total ? { tick: view.getFloat64(0, true), weights } : undefined;
  }
}
