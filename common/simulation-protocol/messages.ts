// The messages between rig and simulation, each the payload of one frame; rig thread and simulation process.
// The program begins with `hello` and then speaks only when asked: configure → ready, tick → result, readWeights → weights,
// sample → sample, saveState → saved, control → controlled.
// A fault may stand in place of any answer and is the last message.
import type { z } from 'zod';
import { encodeFrame } from '../transport/frame.ts';
import { SimulationFaultError } from './fault.ts';

export const rigMessage = {
  /** JSON SimulationConfiguration. */
  configure: 1,
  /** See tick-message.ts. */
  tick: 2,
  /** No payload. */
  readWeights: 3,
  /** JSON SaveState: see saved-state.ts. */
  saveState: 5,
  /** JSON PopulationControl: see control-message.ts. */
  control: 6,
  /** See sample-message.ts. */
  sample: 4,
} as const;

export const simulationMessage = {
  /** The token: first message of the program. */
  hello: 16,
  /** JSON SimulationReady. */
  ready: 17,
  /** See result-message.ts. */
  result: 18,
  /** See weights-message.ts; one or several. */
  weights: 19,
  /** JSON SaveAnswer. */
  saved: 22,
  /** JSON ControlAnswer. */
  controlled: 23,
  /** JSON SimulationFault: last message of the program. */
  fault: 20,
  /** See sample-message.ts. */
  sample: 21,
} as const;

/** Longest payload in either direction; both sides close the connection on a longer one. */
export const maxPayloadBytes = 16 * 1024 * 1024;

/** First message of the program: proves that the rig started it. */
export function encodeHello(token: string): Uint8Array {
  return encodeFrame(simulationMessage.hello, new TextEncoder().encode(token));
}

export function encodeJson(type: number, value: unknown): Uint8Array {
  return encodeFrame(type, new TextEncoder().encode(JSON.stringify(value)));
}

/** @throws SimulationFaultError 'protocol'. */
export function decodeJson<T>(payload: Uint8Array, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    throw protocolFault(`${payload.length} bytes are not JSON: ${String(error)}`);
  }
  const checked = schema.safeParse(value);
  if (!checked.success) throw protocolFault(checked.error.message);
  return checked.data;
}

/** The other side sent something that is not a message of this protocol. */
export function protocolFault(text: string): SimulationFaultError {
  return new SimulationFaultError({ code: 'protocol', text });
}

export function viewOf(payload: Uint8Array): DataView {
  return new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
}
