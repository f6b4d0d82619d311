// Addresses that may be used for RHX: given a host name, RHX listens to every network; runs in the rig thread.
import { addressProblem } from '../literal-address.ts';
import { RhxError } from './rhx-problem.ts';

/** @returns the address itself @throws RhxError unless it is a literal IPv4 address of one computer */
export function literalAddress(host: string): string {
  const problem = addressProblem(host);
  if (problem !== undefined) throw new RhxError('not-a-literal-address', problem);
  return host;
}
