// From the bytes of an acknowledgement to what the rig is told, and the same for a pulse that was never sent; runs in the rig thread.
import { deviceOutcomes, type PulseOutcome } from '../../../common/device-protocol/device-outcome.ts';
import type { LimitsHash } from '../../../common/device-protocol/limits-hash.ts';
import { acknowledgementLayout } from '../../../common/device-protocol/messages.ts';
import type { Acknowledgement, PulseCommand } from './device.ts';

/** What is measured of a pulse that was not delivered. */
const nothing = {
  sampleIndex: -1,
  startMicroseconds: 0,
  firstFemtocoulombs: 0,
  secondFemtocoulombs: 0,
  peakMillivolts: 0,
  isSaturated: false,
  residualMillivolts: 0,
} as const;

/** @returns undefined on anything that is not an acknowledgement */
export function decodeAcknowledgement(
  body: Uint8Array,
  receivedNs: number,
): { session: number; acknowledgement: Acknowledgement } | undefined {
  const record = acknowledgementLayout.decodeWhole(body);
  const outcome = record && deviceOutcomes[record.outcome];
  if (record === undefined || outcome === undefined || record.isSaturated > 1) return undefined;
  const { session, sequence, electrode, amplitudeNanoamps, limitsHashHigh: high, limitsHashLow: low } = record;
  const { sampleIndex, startMicroseconds, firstFemtocoulombs, secondFemtocoulombs } = record;
  const { peakMillivolts, residualMillivolts } = record;
  const charges = { firstFemtocoulombs, secondFemtocoulombs };
  const voltages = { peakMillivolts, isSaturated: record.isSaturated === 1, residualMillivolts };
  const measured = { sampleIndex, startMicroseconds, ...charges, ...voltages };
  return {
    session,
    acknowledgement: {
      sequence,
      outcome,
      electrode,
      amplitudeNanoamps,
      ...(outcome === 'delivered' ? measured : nothing),
      limitsHash: { high, low },
      receivedNs,
    },
  };
}

/** The driver's own answer when it could not send a pulse. */
export function notSent(
  { sequence, electrode, amplitudeNanoamps }: PulseCommand,
  outcome: PulseOutcome,
  limitsHash: LimitsHash,
  receivedNs: number,
): Acknowledgement {
  return { sequence, outcome, electrode, amplitudeNanoamps, ...nothing, limitsHash, receivedNs };
}
