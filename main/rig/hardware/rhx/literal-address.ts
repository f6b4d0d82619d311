// Addresses that may be used for RHX: given a host name, RHX listens to every network; runs in the rig thread.
import { isIPv4 } from 'node:net';
import { RhxError } from './rhx-problem.ts';

/** @returns the address itself @throws RhxError unless it is a literal IPv4 address of one computer */
export function literalAddress(host: string): string {
  if (!isIPv4(host) || host === '0.0.0.0' || host === '255.255.255.255')
    throw new RhxError('not-a-literal-address', `'${host}' is not an IPv4 address of one computer`);
  return host;
}
