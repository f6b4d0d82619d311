// What has gone wrong on the line to a HID rig, in numbers; used in the HID thread and by its users.
import type { ReportCounts } from '../../../../common/device-protocol/report-line.ts';

/** Of one connection, or of several together. */
export interface ConnectionCounts extends ReportCounts {
  /** Of those that are lost, reports of samples: all that the data channel carries once it has begun. */
  lostOfSamples: number;
  /** Samples per channel that came, but in no whole block, since another sample of it was missing. */
  samplesBesideGaps: number;
}

/** Over all connections of the line. */
export interface LineCounts extends ConnectionCounts {
  /** Reports whose checksum or header was wrong. */
  damaged: number;
  /** Reports of samples that did not fit the device's identity. */
  unreadableSamples: number;
  /** Samples per channel of blocks that were dropped, since so many waited for the user already. */
  samplesNotTaken: number;
}

export const noConnectionCounts: ConnectionCounts = {
  ...{ received: 0, lost: 0, repeated: 0, late: 0, brokenFrames: 0 },
  ...{ lostOfSamples: 0, samplesBesideGaps: 0 },
};
