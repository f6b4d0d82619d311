// The only thing that the gate accepts: a permit that the interlock's decision made, good for one use before its deadline. Rig thread.
import type { StimulusRequest } from './stimulus-request.ts';

declare const permitBrand: unique symbol;

/** Permission for one pulse in one armed session. */
export interface Permit {
  readonly [permitBrand]: true;
  readonly request: StimulusRequest;
  /** Number of the pulse on the wire, strictly increasing within a session. */
  readonly sequence: number;
  /** Device session for which it was given. */
  readonly session: number;
  /** Host time in ns after which the pulse must not start. */
  readonly expiryNs: number;
}

const unused = new WeakSet<object>();

/** Makes a permit. Called by `decide` alone; an import of it from any other file fails the build. */
export function issuePermit(request: StimulusRequest, sequence: number, session: number, expiryNs: number): Permit {
  const permit = Object.freeze({ request: Object.freeze({ ...request }), sequence, session, expiryNs }) as Permit;
  unused.add(permit);
  return permit;
}

/** Uses the permit up. @returns false when it was not made here or has been used. */
export function redeemPermit(permit: Permit): boolean {
  return unused.delete(permit);
}
