// Rig to simulation, once per tick: which electrodes spiked. Payload: tick f64, ticksToAdvance u16, channels u16 each.
import { assert } from '../base/assert.ts';
import type { FrameWriter } from '../transport/frame.ts';
import { protocolFault, rigMessage, viewOf } from './messages.ts';

const headerBytes = 10;
export const maxTicksToAdvance = 0xffff;

export interface TickInput {
  /** Index of the tick; the newest one where several are advanced. */
  readonly tick: number;
  /** More than 1 when the rig skipped ticks because an answer was late; the spikes of all of them are in `channels`. */
  readonly ticksToAdvance: number;
  /** Electrodes that spiked, one entry per spike; the first `count` are valid. */
  readonly channels: Uint16Array;
  readonly count: number;
}

/** @returns the frame, in the writer's buffer. */
export function writeTick(writer: FrameWriter, { tick, ticksToAdvance, channels, count }: TickInput): Uint8Array {
  assert(
    ticksToAdvance >= 1 && ticksToAdvance <= maxTicksToAdvance,
    `${ticksToAdvance} ticks cannot be advanced at once`,
  );
  writer.begin(rigMessage.tick);
  writer.f64(tick);
  writer.u16(ticksToAdvance);
  for (let index = 0; index < count; index++) writer.u16(channels[index]!);
  return writer.end();
}

/** Reads ticks into one object that is reused. */
export class TickReader {
  readonly #input = { tick: 0, ticksToAdvance: 1, channels: new Uint16Array(256), count: 0 };

  /** @returns an object that the next call overwrites. @throws SimulationFaultError 'protocol'. */
  read(payload: Uint8Array): TickInput {
    const input = this.#input;
    const count = (payload.length - headerBytes) / 2;
    if (count < 0 || !Number.isInteger(count)) throw protocolFault(`a tick of ${payload.length} bytes`);
    const view = viewOf(payload);
    input.tick = view.getFloat64(0, true);
    input.ticksToAdvance = view.getUint16(8, true);
    if (!Number.isSafeInteger(input.tick) || input.ticksToAdvance < 1) {
      throw protocolFault(`tick ${input.tick} advancing ${input.ticksToAdvance} ticks`);
    }
    if (count > input.channels.length) input.channels = new Uint16Array(2 * count);
    for (let index = 0; index < count; index++) input.channels[index] = view.getUint16(headerBytes + 2 * index, true);
    input.count = count;
    return input;
  }
}
