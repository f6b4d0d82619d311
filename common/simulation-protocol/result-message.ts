// Simulation to rig, once per tick: who fired and what is asked for. Payload: tick f64, computeNs f64, mean plastic weight f32,
// number of requests u32, requests, spikes u32 each. A request: readout u16, electrode u16, nA i32, phase µs u32, interphase µs u32,
// leading phase u8 (index into `leadingPhases`).
import type { FrameWriter } from '../transport/frame.ts';
import { microseconds, nanoamps } from '../units/units.ts';
import { protocolFault, simulationMessage, viewOf } from './messages.ts';
import type { SimulationResult, StimulusRequest } from './result.ts';

const headerBytes = 24;
const requestBytes = 17;
const leadingPhases = ['cathodic', 'anodic'] as const satisfies readonly StimulusRequest['leadingPhase'][];

/** @returns the frame, in the writer's buffer. */
export function writeResult(writer: FrameWriter, result: Readonly<SimulationResult>): Uint8Array {
  writer.begin(simulationMessage.result);
  writer.f64(result.tick);
  writer.f64(result.computeNs);
  writer.f32(result.meanPlasticWeightMillivolts);
  writer.u32(result.requests.length);
  for (const request of result.requests) {
    writer.u16(request.readout);
    writer.u16(request.electrode);
    writer.i32(request.amplitudeNanoamps);
    writer.u32(request.phaseMicroseconds);
    writer.u32(request.interphaseMicroseconds);
    writer.u8(leadingPhases.indexOf(request.leadingPhase));
  }
  for (const neuron of result.spikes) writer.u32(neuron);
  return writer.end();
}

/** Reads results into one object that is reused. */
export class ResultReader {
  #spikes = new Uint32Array(1024);
  readonly #requests: StimulusRequest[] = [];
  readonly #result: SimulationResult = {
    tick: 0,
    computeNs: 0,
    meanPlasticWeightMillivolts: 0,
    requests: this.#requests,
    spikes: this.#spikes,
  };

  /** @returns an object that the next call overwrites. @throws SimulationFaultError 'protocol'. */
  read(payload: Uint8Array): Readonly<SimulationResult> {
    if (payload.length < headerBytes) throw protocolFault(`a result of ${payload.length} bytes`);
    const view = viewOf(payload);
    const requests = view.getUint32(20, true);
    const spikesAt = headerBytes + requests * requestBytes;
    const spikes = (payload.length - spikesAt) / 4;
    if (spikes < 0 || !Number.isInteger(spikes)) {
      throw protocolFault(`a result of ${payload.length} bytes with ${requests} requests`);
    }
    this.#requests.length = 0;
    for (let at = headerBytes; at < spikesAt; at += requestBytes) this.#requests.push(readRequest(view, at));
    if (spikes > this.#spikes.length) this.#spikes = new Uint32Array(2 * spikes);
    for (let index = 0; index < spikes; index++) this.#spikes[index] = view.getUint32(spikesAt + 4 * index, true);
    const result = this.#result;
    result.tick = view.getFloat64(0, true);
    result.computeNs = view.getFloat64(8, true);
    result.meanPlasticWeightMillivolts = view.getFloat32(16, true);
    result.spikes = this.#spikes.subarray(0, spikes);
    return result;
  }
}

function readRequest(view: DataView, at: number): StimulusRequest {
  const leadingPhase = leadingPhases[view.getUint8(at + 16)];
  if (leadingPhase === undefined) throw protocolFault(`a request with leading phase ${view.getUint8(at + 16)}`);
  return {
    readout: view.getUint16(at, true),
    electrode: view.getUint16(at + 2, true),
    amplitudeNanoamps: nanoamps(view.getInt32(at + 4, true)),
    phaseMicroseconds: microseconds(view.getUint32(at + 8, true)),
    interphaseMicroseconds: microseconds(view.getUint32(at + 12, true)),
    leadingPhase,
  };
}
