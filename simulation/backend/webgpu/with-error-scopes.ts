// Turns what a graphics processor reports while a network is put on it into faults; simulation process.
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';

const scopes = ['validation', 'internal', 'out-of-memory'] as const;

/** @throws SimulationFaultError 'gpu-out-of-memory', 'gpu-failed', or what `build` throws. */
export async function withErrorScopes<T>(device: GPUDevice, build: () => Promise<T>): Promise<T> {
  for (const scope of scopes) device.pushErrorScope(scope);
  const [built] = await Promise.allSettled([build()]);
  const errors = await Promise.all(scopes.map(() => device.popErrorScope()));
  const [memory, ...others] = errors;
  if (memory) {
    const text = `The graphics processor has no room for the network: ${memory.message}`;
    throw new SimulationFaultError({ code: 'gpu-out-of-memory', text });
  }
  if (built.status === 'rejected') throw built.reason;
  const other = others.find((error) => error !== null);
  if (other) {
    const text = `The graphics processor does not take the network: ${other.message}`;
    throw new SimulationFaultError({ code: 'gpu-failed', text });
  }
  return built.value;
}
