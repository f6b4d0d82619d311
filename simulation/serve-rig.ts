// The simulation's end of the local socket to the rig; runs in the tick thread of the simulation process.
import { createConnection } from 'node:net';
import type { Clock } from '../common/base/clock.ts';
import { type Disposable, toDisposable } from '../common/base/disposable.ts';
import type { SimulationAddress } from '../common/simulation-protocol/environment.ts';
import { type SimulationFault, SimulationFaultError } from '../common/simulation-protocol/fault.ts';
import {
  encodeHello,
  encodeJson,
  maxPayloadBytes,
  protocolFault,
  simulationMessage,
} from '../common/simulation-protocol/messages.ts';
import { FrameDecoder, FrameError } from '../common/transport/frame.ts';
import type { CreateSimulation } from './create-simulation.ts';
import { RigAnswers } from './rig-answers.ts';

export interface RigServiceOptions extends SimulationAddress {
  readonly clock: Clock;
  readonly create: CreateSimulation;
  /** Called once when the connection is gone, with the fault that ended it if there was one; not after `dispose`. */
  readonly onClosed: (fault: SimulationFault | undefined) => void;
}

/** Connects to the rig and serves it until the connection ends. A fault is reported to the rig and ends the connection. */
export function serveRig({ address, token, clock, create, onClosed }: RigServiceOptions): Disposable {
  const socket = createConnection(address);
  const answers = new RigAnswers(clock, create, (frame) => void socket.write(frame));
  let fault: SimulationFault | undefined;
  let isDisposed = false;
  const fail = (error: unknown) => {
    if (fault !== undefined || isDisposed) return;
    fault = toFault(error);
    socket.end(encodeJson(simulationMessage.fault, { code: fault.code, text: fault.text }));
  };
  const decoder = new FrameDecoder(maxPayloadBytes, (type, payload) => {
    answers.answer(type, payload)?.catch(fail);
  });
  socket.on('connect', () => socket.write(encodeHello(token)));
  socket.on('data', (chunk) => {
    if (fault !== undefined) return;
    try {
      decoder.push(chunk);
    } catch (error) {
      fail(error);
    }
  });
  // 'close' follows, and that the rig is gone is all there is to know.
  socket.on('error', () => {});
  socket.on('close', () => {
    if (!isDisposed) onClosed(fault);
  });
  return toDisposable(() => {
    isDisposed = true;
    socket.destroy();
  });
}

function toFault(error: unknown): SimulationFault {
  if (error instanceof SimulationFaultError) return error;
  if (error instanceof FrameError) return protocolFault(error.message);
  return { code: 'defect', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
