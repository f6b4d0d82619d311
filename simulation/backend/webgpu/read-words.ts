// Copies a buffer back from a graphics processor, outside of ticks; simulation process.
import type { DeviceWatch } from './device-watch.ts';
import { bufferUse, mapForReading } from './gpu-flags.ts';

/** @throws SimulationFaultError 'gpu-…'. */
export async function readWords(
  device: GPUDevice,
  watch: DeviceWatch,
  buffer: GPUBuffer,
  words: number,
): Promise<Int32Array> {
  if (words === 0) return new Int32Array(0);
  const size = 4 * words;
  const copy = device.createBuffer({ size, usage: bufferUse.mapRead | bufferUse.copyDestination });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, copy, 0, size);
  device.queue.submit([encoder.finish()]);
  const read = await watch.answer(copy.mapAsync(mapForReading), () => new Int32Array(copy.getMappedRange()).slice());
  copy.destroy();
  return read;
}
