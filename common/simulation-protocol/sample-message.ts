// A look into the running population, on request and between ticks; small, whatever the size of the network. Rig thread and simulation process.
// Request: index of the projection u16 (0xffff: none). Answer: tick f64, projection u16, number of populations u16; for each population the
// number of potentials u16 and the potentials f32 each; unless the projection is none: lowest, highest, mean, from, to f32 each, number of
// bins u16, counts u32 each, and as many counts of the initial weights u32 each. Last the learning as JSON, of the length u32 before it.
import { z } from 'zod';
import { encodeFrame, type FrameWriter } from '../transport/frame.ts';
import { decodeJson, protocolFault, rigMessage, simulationMessage, viewOf } from './messages.ts';
import type { WeightHistogram } from './network-description.ts';

/** Membrane potentials that are read of each population, of neurons that are spread evenly over it. */
export const potentialsSampled = 16;
/** Synapses of a projection whose weights are read, spread evenly over it: the same ones every time. */
export const synapsesSampledMax = 4096;
export const weightBins = 32;

/** Weights of the sampled synapses now; the initial ones are counted in the same bins. */
export interface SampledWeights extends WeightHistogram {
  readonly initialCounts: number[];
}

const count = z.int().min(0);
const learningSampleSchema = z.strictObject({
  /** What each signal of the network model is now. */
  signals: z.array(z.array(z.number())),
  /** Indices of projections whose synapses stay as they are, and of signals that the operator holds. */
  frozen: z.array(count),
  held: z.array(count),
  /** Of the projection that was asked for. */
  synapses: z
    .strictObject({
      /** Mean weight of the sampled synapses by sender, then receiver, both in equal parts of their populations; null where there is none. */
      matrix: z.array(z.array(z.number().nullable())),
      /** Those of the sampled synapses that differ most from the beginning. */
      changed: z.array(z.strictObject({ sender: count, receiver: count, before: z.number(), now: z.number() })),
      /** What a synapse keeps beside its weight, eligibilities for example. */
      variables: z.array(
        z.strictObject({ symbol: z.string(), lowest: z.number(), highest: z.number(), mean: z.number() }),
      ),
    })
    .optional(),
});
/** How synapses learn now. */
export type LearningSample = z.output<typeof learningSampleSchema>;
export type SynapsesSample = NonNullable<LearningSample['synapses']>;

export interface NetworkSample {
  /** Index of the last tick before; −1 before the first. */
  readonly tick: number;
  /** For each population, in mV; empty where its model has no potential. */
  readonly potentialsMillivolts: readonly (readonly number[])[];
  /** Of the projection that was asked for. */
  readonly weights: { readonly projection: number; readonly sampled: SampledWeights } | undefined;
  readonly learning: LearningSample;
}

const noProjection = 0xffff;

/** @param projection index in the network model of a projection that learns; undefined: only potentials are asked for */
export function encodeSampleRequest(projection: number | undefined): Uint8Array {
  const payload = new Uint8Array(2);
  viewOf(payload).setUint16(0, projection ?? noProjection, true);
  return encodeFrame(rigMessage.sample, payload);
}

/** @returns the projection that is asked for. @throws SimulationFaultError 'protocol'. */
export function readSampleRequest(payload: Uint8Array): number | undefined {
  if (payload.length !== 2) throw protocolFault(`a request for a sample of ${payload.length} bytes`);
  const projection = viewOf(payload).getUint16(0, true);
  return projection === noProjection ? undefined : projection;
}

/** @returns the frame, in the writer's buffer. */
export function writeSample(
  writer: FrameWriter,
  { tick, potentialsMillivolts, weights, learning }: NetworkSample,
): Uint8Array {
  writer.begin(simulationMessage.sample);
  writer.f64(tick);
  writer.u16(weights?.projection ?? noProjection);
  writer.u16(potentialsMillivolts.length);
  for (const potentials of potentialsMillivolts) {
    writer.u16(potentials.length);
    for (const potential of potentials) writer.f32(potential);
  }
  if (weights !== undefined) {
    const { lowest, highest, mean, from, to, counts, initialCounts } = weights.sampled;
    for (const value of [lowest, highest, mean, from, to]) writer.f32(value);
    writer.u16(counts.length);
    for (const count of counts) writer.u32(count);
    for (const count of initialCounts) writer.u32(count);
  }
  const json = new TextEncoder().encode(JSON.stringify(learning));
  writer.u32(json.length);
  writer.bytes(json);
  return writer.end();
}

/** @throws SimulationFaultError 'protocol'. */
export function readSample(payload: Uint8Array): NetworkSample {
  const view = viewOf(payload);
  let at = 0;
  const take = <T>(bytes: number, read: (at: number) => T): T => {
    if (at + bytes > payload.length) throw protocolFault(`a sample of ${payload.length} bytes`);
    at += bytes;
    return read(at - bytes);
  };
  const u16 = () => take(2, (place) => view.getUint16(place, true));
  const u32 = () => take(4, (place) => view.getUint32(place, true));
  const f32 = () => take(4, (place) => view.getFloat32(place, true));
  const list = (length: number, read: () => number) => Array.from({ length }, read);
  const tick = take(8, (place) => view.getFloat64(place, true));
  const projection = u16();
  const populations = u16();
  const potentialsMillivolts = Array.from({ length: populations }, () => list(u16(), f32));
  const readWeights = () => {
    const [lowest, highest, mean, from, to] = [f32(), f32(), f32(), f32(), f32()];
    const bins = u16();
    return { lowest, highest, mean, from, to, counts: list(bins, u32), initialCounts: list(bins, u32) };
  };
  const weights = projection === noProjection ? undefined : { projection, sampled: readWeights() };
  const bytes = u32();
  const from = take(bytes, (place) => place);
  const learning = decodeJson(payload.subarray(from, from + bytes), learningSampleSchema);
  if (at !== payload.length) throw protocolFault(`a sample of ${payload.length} bytes, ${at} of them expected`);
  return { tick, potentialsMillivolts, weights, learning };
}
