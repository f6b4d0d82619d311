// Keeps the state of a population in a file that is whole or not there, and takes it back; simulation process.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import {
  type SavedState,
  type StateHeader,
  stateHeaderSchema,
  stateNetwork,
} from '../../common/simulation-protocol/saved-state.ts';
import type { NetworkState } from '../backend/network-state.ts';

/** What a state belongs to: everything that decides what the network is. */
export function fingerprint(configuration: SimulationConfiguration): string {
  return createHash('sha256').update(stateNetwork(configuration)).digest('hex');
}

const bytesOf = (values: Int32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** @throws the system's error when the file cannot be written; then there is none. */
export function writeStateFile(path: string, network: string, { step, arrays }: NetworkState): SavedState {
  const named = Object.entries(arrays);
  const hash = createHash('sha256');
  for (const [, values] of named) hash.update(bytesOf(values));
  const sha256 = hash.digest('hex');
  const header: StateHeader = {
    format: 'exocortex-population-state/1',
    network,
    step,
    sha256,
    arrays: named.map(([name, { length }]) => ({ name, length })),
  };
  const text = JSON.stringify(header);
  const line = new TextEncoder().encode(`${text}${' '.repeat((7 - (Buffer.byteLength(text) % 4)) % 4)}\n`);
  const partial = `${path}.part`;
  const file = openSync(partial, 'w');
  let bytes = 0;
  try {
    for (const part of [line, ...named.map(([, values]) => bytesOf(values))]) {
      for (let at = 0; at < part.length;) at += writeSync(file, part, at);
      bytes += part.length;
    }
    fsyncSync(file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  return { path, step, bytes, sha256 };
}

/** @throws SimulationFaultError 'state-unusable', with what is wrong and what to do. */
export function readStateFile(path: string, network: string): NetworkState & { readonly sha256: string } {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw unusable(path, isMissing ? 'is not there' : `cannot be read: ${(error as Error).message}`);
  }
  const end = content.indexOf(0x0a);
  const header = stateHeaderSchema.safeParse(parsed(content.subarray(0, Math.max(0, end)).toString('utf8')));
  if (end < 0 || !header.success) throw unusable(path, 'is not the state of a population');
  const { step, sha256, arrays } = header.data;
  const body = content.subarray(end + 1);
  const length = arrays.reduce((sum, each) => sum + 4 * each.length, 0);
  if (body.length !== length || createHash('sha256').update(body).digest('hex') !== sha256)
    throw unusable(path, `is damaged: ${body.length} of ${length} bytes, or other ones than were written`);
  if (header.data.network !== network)
    throw unusable(
      path,
      'belongs to another network: model, learning rules, seed, electrodes, tick and stimuli must be the same',
    );
  const whole = new Uint8Array(body).buffer;
  let at = 0;
  const read = arrays.map((each) => {
    const values = new Int32Array(whole, at, each.length);
    at += values.byteLength;
    return [each.name, values] as const;
  });
  return { step, sha256, arrays: Object.fromEntries(read) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(path: string, what: string): SimulationFaultError {
  return new SimulationFaultError({
    code: 'state-unusable',
    text: `${path} ${what}. Choose another saved state, or begin without one.`,
  });
}
