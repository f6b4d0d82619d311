// A board that sends samples of two channels, two in each report, over a line that the test plays.
import { type DeviceIdentity } from '../../../../common/device-protocol/device-identity.ts';
import { seal, unseal } from '../../../../common/device-protocol/envelope.ts';
import { samplesLayout } from '../../../../common/device-protocol/hid-report.ts';
import { encodeJson } from '../../../../common/device-protocol/json-messages.ts';
import { blockLayout, messageTypes } from '../../../../common/device-protocol/messages.ts';
import { ReportWriter } from '../../../../common/device-protocol/report-line.ts';
import { frameHeaderBytes } from '../../../../common/transport/frame.ts';
import { deviceIdentity } from '../device-identity.fixture.ts';
import { hostSeals } from '../seals.ts';
import { deviceReport, reportBytes } from './hid-line.fixture.ts';

const seals = hostSeals('');
export const samplesPerReport = 2;

/** @param arrive hands a report to the line, whose data connection is open with number 7; gets the identity at once */
export function samplingBoard(arrive: (report: Uint8Array) => void, change: Partial<DeviceIdentity>) {
  const identity = seal(messageTypes.identity, encodeJson(deviceIdentity({ channels: 2, ...change })), seals);
  const options = { channel: 'data', connection: 7, reportBytes, checksum: seals.checksum } as const;
  const said = new ReportWriter(options).frame(identity);
  for (const report of said) arrive(report);
  let sequence = said.length;
  let next = 0;
  return {
    identityReports: said.length,
    /** Sends so many reports of samples. */
    send(reports: number, digitalInputs = 0): void {
      for (let count = 0; count < reports; count++) {
        const header = { firstSample: next, deviceMicroseconds: next, digitalInputs, sampleCount: 2, channels: 2 };
        const place = { kind: 'samples', channel: 'data', sequence: sequence % 2 ** 16 } as const;
        arrive(deviceReport(place, samplesLayout.encode(header, new Uint8Array(8))));
        sequence++;
        next += samplesPerReport;
      }
    },
    /** So many reports are sampled, and lost on their way. */
    lose(reports: number): void {
      sequence += reports;
      next += samplesPerReport * reports;
    },
  };
}

/** @returns the number of the first sample of each of the frames that is a block */
export function firstSamplesOf(frames: readonly { readonly frame: Uint8Array }[]): number[] {
  return frames
    .filter(({ frame }) => frame[frameHeaderBytes - 1] === messageTypes.block)
    .map(({ frame }) => {
      const body = unseal(messageTypes.block, frame.subarray(frameHeaderBytes), seals);
      return typeof body === 'string' ? NaN : (blockLayout.decode(body)?.firstSample ?? NaN);
    });
}

/** @returns how many samples are missing between the blocks */
export function missingBetween(firstSamples: readonly number[], samplesPerBlock: number): number {
  const jumps = firstSamples.slice(1).map((first, index) => first - firstSamples[index]! - samplesPerBlock);
  return jumps.reduce((sum, jump) => sum + jump, 0);
}
