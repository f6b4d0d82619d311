// Damages at random what a HID rig sends, at each of the places where it is read, and counts what is believed that was never sent; for `exocortex bench hid` and tests. Seeded; thread of the bench.
import { crc32 } from 'node:zlib';
import { FakeClock } from '../../../../common/base/clock.ts';
import type { FuzzResult } from '../../../../common/bench/fuzz-result.ts';
import type { HidFuzz } from '../../../../common/bench/hid-run.ts';
import { neverEnabled } from '../../../../common/device-protocol/device-status.ts';
import type { DeviceIdentity } from '../../../../common/device-protocol/device-identity.ts';
import { seal, unseal } from '../../../../common/device-protocol/envelope.ts';
import { samplesLayout, writeReport } from '../../../../common/device-protocol/hid-report.ts';
import {
  decodeClosing,
  decodeIdentity,
  decodeSelfTest,
  encodeJson,
} from '../../../../common/device-protocol/json-messages.ts';
import {
  acknowledgementLayout,
  blockLayout,
  configurationLayout,
  decodeStatus,
  encodeStatus,
  messageTypes,
  rejectedLayout,
  type Role,
} from '../../../../common/device-protocol/messages.ts';
import { ReportWriter } from '../../../../common/device-protocol/report-line.ts';
import { FrameDecoder, FrameError, frameHeaderBytes } from '../../../../common/transport/frame.ts';
import { decodeAcknowledgement } from '../decode-acknowledgement.ts';
import { hostSeals } from '../seals.ts';
import { type Choice, countDamages, seededChoice } from '../seeded-damage.ts';
import { emulatedValue } from './bench-reception.ts';
import { HandOver } from './hand-over.ts';
import { HidLine } from './hid-line.ts';
import type { ReportListener } from './report-device.ts';

const seals = hostSeals('');
const reportBytes = 64;
const channels = 4;
const samplesPerReport = 3;
const samplesPerBlock = 4;
const connection = 7;

const limits = {
  amplitudeMaxNanoamps: 100_000,
  chargePerPhaseMaxFemtocoulombs: 20_000_000,
  phaseMaxMicroseconds: 1000,
  interphaseMaxMicroseconds: 200,
  rateMaxHz: 500,
  leaseMaxMilliseconds: 500,
  complianceMillivolts: 10_000,
  simultaneousElectrodesMax: 8,
  totalRateMaxHz: 2000,
};
const identity: DeviceIdentity = {
  kind: 'hid',
  serial: 'A',
  firmware: '1',
  description: 'Board',
  channels,
  sampleRateHz: 8000,
  microvoltsPerBit: 0.195,
  samplesPerBlock,
  canStimulate: true,
  limits,
  electrodePitchMicrometres: 1000,
  pacing: 'real-time',
  bootNumber: 1,
};
const status = { ...neverEnabled, bootNumber: 1, temperatureDecidegrees: 280, limitsHash: { high: 1, low: 2 } };
const acknowledgement = {
  ...{ session: 9, sequence: 3, outcome: 0, electrode: 3, amplitudeNanoamps: 5000, sampleIndex: 40 },
  ...{ startMicroseconds: 1000, firstFemtocoulombs: -1_000_000, secondFemtocoulombs: 1_000_000 },
  ...{ peakMillivolts: 250, isSaturated: 0, residualMillivolts: -3, limitsHashHigh: 1, limitsHashLow: 2 },
};

/** Every message that a board sends: its type, its body, and what a reader makes of a body, written again; undefined: it was refused. */
interface Message {
  readonly type: number;
  readonly body: Uint8Array;
  readonly again: (body: Uint8Array) => Uint8Array | undefined;
}

/** What is read of JSON, as it stands in it: keys that nobody reads may be there. */
function jsonAgain<T extends object>(read: (body: Uint8Array) => T | undefined) {
  return (body: Uint8Array): Uint8Array | undefined => {
    const value = read(body);
    if (value === undefined) return undefined;
    const whole = JSON.parse(Buffer.from(body).toString()) as unknown;
    return isWithin(value, whole) ? body : new Uint8Array(0);
  };
}

/** Whether all of `part` stands in `whole`. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole)) return false;
  return Object.entries(part).every(([key, value]) => isWithin(value, (whole as Record<string, unknown>)[key]));
}

const messages: readonly Message[] = [
  {
    type: messageTypes.status,
    body: encodeStatus(status),
    again: (body) => {
      const read = decodeStatus(body);
      return read && encodeStatus(read);
    },
  },
  {
    type: messageTypes.acknowledgement,
    body: acknowledgementLayout.encode(acknowledgement),
    again: (body) => {
      const record = acknowledgementLayout.decodeWhole(body);
      const read = decodeAcknowledgement(body, 0);
      if (read === undefined || record === undefined) return undefined;
      const { sequence, electrode, amplitudeNanoamps } = read.acknowledgement;
      return acknowledgementLayout.encode({ ...record, session: read.session, sequence, electrode, amplitudeNanoamps });
    },
  },
  {
    type: messageTypes.configuration,
    body: configurationLayout.encode({
      ...{ sampleRateHz: 8000, lowCutMillihertz: 1000, highCutHertz: 3000 },
      ...{ digitalOutputs: 3, digitalInputs: 5, outputsSetMicroseconds: 7 },
    }),
    again: (body) => {
      const read = configurationLayout.decodeWhole(body);
      return read && configurationLayout.encode(read);
    },
  },
  {
    type: messageTypes.rejected,
    body: rejectedLayout.encode({ type: 6, reason: 1 }),
    again: (body) => {
      const read = rejectedLayout.decodeWhole(body);
      return read && rejectedLayout.encode(read);
    },
  },
  {
    type: messageTypes.block,
    body: blockLayout.encode(
      { firstSample: 40, acquiredNs: 1e9, deviceMicroseconds: 5000, sampleCount: samplesPerBlock, channels },
      new Uint8Array(2 * channels * samplesPerBlock),
    ),
    again: (body) => {
      const read = blockLayout.decode(body);
      return read && blockLayout.encode(read, body.subarray(blockLayout.bytes));
    },
  },
  { type: messageTypes.identity, body: encodeJson(identity), again: jsonAgain(decodeIdentity) },
  {
    type: messageTypes.selfTestReport,
    body: encodeJson({
      ...{ serial: 'A', firmware: '1', bootNumber: 1, limits, isSafetyDisabled: false, amplitudeStepNanoamps: 10 },
      ...{ impedancesOhms: [50_000, 60_000], temperatureDecidegrees: 280, isEmergencyStopWired: true },
    }),
    again: jsonAgain(decodeSelfTest),
  },
  {
    type: messageTypes.closing,
    body: encodeJson({ reason: 'protocol', message: 'the token is another' }),
    again: jsonAgain(decodeClosing),
  },
];

/** Bytes removed, put in, twice there, cut off, overwritten or turned over; never the same as before. */
function damaged(bytes: Uint8Array, choice: Choice): Uint8Array {
  const at = choice(bytes.length);
  const length = 1 + choice(40);
  const noise = () => Uint8Array.from({ length }, () => choice(256));
  const changed = (() => {
    switch (choice(6)) {
      case 0:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
      case 1:
        return Buffer.concat([bytes.subarray(0, at), noise(), bytes.subarray(at)]);
      case 2:
        return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
      case 3:
        return bytes.slice(0, at);
      case 4:
        return Buffer.concat([
          bytes.subarray(0, at),
          noise().subarray(0, bytes.length - at),
          bytes.subarray(at + length),
        ]);
      default: {
        const turned = bytes.slice();
        for (let flips = 1 + choice(3); flips > 0; flips--) turned[choice(bytes.length)]! ^= 1 << choice(8);
        return turned;
      }
    }
  })();
  return Buffer.compare(changed, bytes) === 0 ? bytes.subarray(1) : Uint8Array.from(changed);
}

/** Reports of the board: identity and samples for the reader, a status for the writer. */
function sentReports(): { reports: Uint8Array[]; sampleCount: number } {
  const writer = (channel: Role) => new ReportWriter({ channel, connection, reportBytes, checksum: crc32 });
  const identityReports = writer('data').frame(seal(messageTypes.identity, encodeJson(identity), seals));
  const statusReports = writer('control').frame(seal(messageTypes.status, encodeStatus(status), seals));
  const sampleReports = Array.from({ length: 8 }, (_, index) => {
    const firstSample = index * samplesPerReport;
    const values = Int16Array.from({ length: samplesPerReport * channels }, (__, at) =>
      emulatedValue(firstSample + Math.floor(at / channels), at % channels),
    );
    const deviceMicroseconds = (firstSample + samplesPerReport) * 125;
    const payload = samplesLayout.encode(
      { firstSample, deviceMicroseconds, digitalInputs: 0, sampleCount: samplesPerReport, channels },
      new Uint8Array(values.buffer),
    );
    const sequence = identityReports.length + index;
    const header = { kind: 'samples', channel: 'data', isFirst: true, isLast: true, connection, sequence } as const;
    return writeReport(header, payload, reportBytes, crc32);
  });
  const reports = [...identityReports, ...sampleReports.slice(0, 4), ...statusReports, ...sampleReports.slice(4)];
  return { reports, sampleCount: sampleReports.length * samplesPerReport };
}

/** Reports lost, twice there, in another order, or damaged in their bytes; some of other connections. */
function damagedReports(sent: readonly Uint8Array[], choice: Choice): Uint8Array[] {
  const reports = [...sent];
  for (let damages = 1 + choice(3); damages > 0; damages--) {
    const at = choice(reports.length);
    switch (choice(6)) {
      case 0:
        reports.splice(at, 1 + choice(3));
        break;
      case 1:
        reports.splice(at, 0, ...reports.slice(Math.max(0, at - choice(4)), at + 1));
        break;
      case 2:
        reports.splice(choice(reports.length), 0, ...reports.splice(at, 1));
        break;
      default:
        reports[at] = damaged(reports[at] ?? new Uint8Array(reportBytes), choice);
    }
    if (reports.length === 0) return reports;
  }
  return reports;
}

/** Streams of reports: what the line hands out must have been sent so. */
export function fuzzReports(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const { reports, sampleCount } = sentReports();
  const statusFrame = Buffer.from(seal(messageTypes.status, encodeStatus(status), seals));
  const identityFrame = Buffer.from(seal(messageTypes.identity, encodeJson(identity), seals));
  return countDamages(damages, (counts) => {
    // Time passes so slowly or quickly that no number of damaged reports ends the line.
    const clock = new FakeClock(1e9);
    let listener: ReportListener | undefined;
    const handOver = new HandOver();
    const line = new HidLine({
      reportBytes,
      clock,
      handOver,
      connectionNumber: () => connection,
      device: (given) => {
        listener = given;
        return { write: () => Promise.resolve(), close: () => {} };
      },
    });
    let nextSample = 0;
    line.onFrame(({ frame }) => {
      counts.accepted++;
      handOver.take(1);
      const type = frame[frameHeaderBytes - 1];
      if (type === messageTypes.block) {
        const firstSample = rightBlock(frame, sampleCount);
        if (firstSample === undefined || firstSample < nextSample) counts.wrong++;
        else nextSample = firstSample + samplesPerBlock;
      } else if (!(type === messageTypes.status ? statusFrame : identityFrame).equals(frame)) counts.wrong++;
    });
    line.open('data');
    line.open('control');
    for (const report of damagedReports(reports, choice)) {
      clock.advanceMilliseconds(1000);
      listener?.onReport(report);
    }
    line.dispose();
  });
}

/** @returns the first sample of a block that holds what was sampled there */
function rightBlock(frame: Uint8Array, sampleCount: number): number | undefined {
  const body = unseal(messageTypes.block, frame.subarray(frameHeaderBytes), seals);
  const header = typeof body === 'string' ? undefined : blockLayout.decode(body);
  if (header === undefined || typeof body === 'string') return undefined;
  const { firstSample } = header;
  if (header.sampleCount !== samplesPerBlock || header.channels !== channels) return undefined;
  if (firstSample + samplesPerBlock > sampleCount) return undefined;
  const view = new DataView(body.buffer, body.byteOffset + blockLayout.bytes);
  for (let at = 0; at < samplesPerBlock * channels; at++)
    if (view.getInt16(2 * at, true) !== emulatedValue(firstSample + Math.floor(at / channels), at % channels))
      return undefined;
  return firstSample;
}

/** Messages that are damaged behind the reports' checksums: only what was sent is whole. */
export function fuzzMessages(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  const frames = messages.map(({ type, body }) => seal(type, body, seals));
  const sent = new Set(messages.map(({ type, body }) => `${type} ${Buffer.from(body).toString('latin1')}`));
  return countDamages(damages, (counts) => {
    const at = choice(frames.length);
    const bytes = Buffer.concat([
      damaged(frames[at]!, choice),
      frames[(at + 1) % frames.length]!,
      frames[(at + 2) % frames.length]!,
    ]);
    const decoder = new FrameDecoder(4096, (type, payload) => {
      const body = unseal(type, payload, seals);
      if (typeof body === 'string') return;
      // The checksum of an empty body is its type: such a message is whole by chance, and dropped because no message of a board is empty.
      if (messages.find((message) => message.type === type)?.again(body) === undefined) return;
      counts.accepted++;
      if (!sent.has(`${type} ${Buffer.from(body).toString('latin1')}`)) counts.wrong++;
    });
    try {
      for (let from = 0; from < bytes.length;) {
        const size = 1 + choice(200);
        decoder.push(bytes.subarray(from, from + size));
        from += size;
      }
    } catch (error) {
      // The connection ends by it.
      if (!(error instanceof FrameError)) throw error;
    }
  });
}

/** Bodies under a right checksum, as a board with a wrong program sends them: what is read says, written again, the same. */
export function fuzzBodies(damages: number, seed: number): FuzzResult {
  const choice = seededChoice(seed);
  return countDamages(damages, (counts) => {
    const { body, again } = messages[choice(messages.length)]!;
    const changed = damaged(body, choice);
    const read = again(changed);
    if (read === undefined) return;
    counts.accepted++;
    if (Buffer.compare(read, changed) !== 0) counts.wrong++;
  });
}

export const fuzzHidRig = (damages: number, seed: number): HidFuzz => ({
  reports: fuzzReports(damages, seed),
  messages: fuzzMessages(damages, seed),
  bodies: fuzzBodies(damages, seed),
});
