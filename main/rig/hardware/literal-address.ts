// Addresses that a program on another computer may be given: a host name may make it listen to every network. Runs in the rig thread.
import { isIPv4 } from 'node:net';

/** What is wrong with an address; undefined for the literal IPv4 address of one computer. */
export function addressProblem(host: string): string | undefined {
  if (isIPv4(host) && host !== '0.0.0.0' && host !== '255.255.255.255') return undefined;
  return `'${host}' is not an IPv4 address of one computer`;
}
