// Golden vectors of a stimulator without a lease, which are the same in every profile. Rig thread; pure.
import type { GoldenRequest } from './golden-vectors.ts';

/** @param ask a pulse that is permitted with nothing held @returns what becomes of it by who asks, and by the hand on the dead-man */
export function goldenByHand(ask: GoldenRequest[0]): GoldenRequest[] {
  const byHand = { capability: 'L1', origin: 'operator' } as const;
  return [
    [ask, 'without-lease', 0, 0, { capability: 'L1' }],
    [ask, 'without-lease', 0, 0, { capability: 'L1', origin: 'protocol' }],
    [ask, 'permit', 0, 0, byHand],
    [ask, 'permit', 0, 0, { ...byHand, unheldNs: 1_000_000_000 }],
    [ask, 'dead-man', 1000.000001, 1000, { ...byHand, unheldNs: 1_000_000_001 }],
    [ask, 'dead-man', Infinity, 1000, { ...byHand, unheldNs: Infinity }],
    [ask, 'permit', 0, 0, { capability: 'L2', unheldNs: Infinity }],
  ];
}
