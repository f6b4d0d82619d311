// The Open Ephys GUI as the rig sees a device: its reading half, and no other; runs in the rig thread.
import { Emitter } from '../../../../common/base/event.ts';
import type { DeviceIdentity } from '../../../../common/device-protocol/device-identity.ts';
import type { DeviceClosed, DeviceReader, RejectedMessage, SampleBlock } from '../device.ts';
import type { ClockPair } from '../device-time.ts';
import { inWords, type OpenEphysProblem, type OpenEphysProblemCode } from './open-ephys-problem.ts';
import type { OpenEphysSession } from './open-ephys-session.ts';

/** Findings with which a stream ends, and what that is to the rig. */
const endings: Partial<Record<OpenEphysProblemCode, DeviceClosed['reason']>> = {
  'port-closed': 'disconnected',
  'answer-not-understood': 'protocol',
  'layout-changed': 'protocol',
  'rate-changed': 'protocol',
  'run-restarted': 'protocol',
  'other-stream': 'protocol',
};

/** It is never asked to stimulate; the protocol has no ceiling of nothing. */
const noStimulation: DeviceIdentity['limits'] = {
  amplitudeMaxNanoamps: 1,
  chargePerPhaseMaxFemtocoulombs: 1,
  phaseMaxMicroseconds: 1,
  interphaseMaxMicroseconds: 0,
  rateMaxHz: 1,
  leaseMaxMilliseconds: 1,
  complianceMillivolts: 1,
  simultaneousElectrodesMax: 1,
  totalRateMaxHz: 1,
};

function identityOf(session: OpenEphysSession): DeviceIdentity {
  const { layout, samplesPerBlock, microvoltsPerBit, bufferMilliseconds } = session;
  const { stream, channels, sampleRateHz } = layout;
  const buffer = `${bufferMilliseconds.toFixed(1)} ms buffer`;
  return {
    kind: 'open-ephys',
    serial: stream.slice(0, 80) || 'unnamed stream',
    firmware: 'Open Ephys GUI',
    description: `Open Ephys GUI, ${stream} (${channels.length} channels, ${sampleRateHz} Hz, ${buffer})`.slice(0, 400),
    channels: channels.length,
    sampleRateHz,
    microvoltsPerBit,
    samplesPerBlock,
    canStimulate: false,
    limits: noStimulation,
    electrodePitchMicrometres: null,
    pacing: 'real-time',
    bootNumber: 0,
  };
}

/** Owns the session. */
export class OpenEphysReader implements DeviceReader {
  readonly identity: DeviceIdentity;
  readonly #session: OpenEphysSession;
  readonly #blocks = new Emitter<SampleBlock>();
  readonly #badFrames = new Emitter<string>();
  readonly #closed = new Emitter<DeviceClosed>();
  readonly #rejected = new Emitter<RejectedMessage>();
  readonly #findings = new Emitter<string>();
  readonly onBlock = this.#blocks.event;
  readonly onBadFrame = this.#badFrames.event;
  readonly onClosed = this.#closed.event;
  /** Never: nothing is sent that could be refused. */
  readonly onRejected = this.#rejected.event;
  /** What is wrong and does not end the stream, in a person's words. */
  readonly onFinding = this.#findings.event;
  #newestPair: ClockPair = { deviceMicroseconds: 0, hostNs: 0 };
  #isStarted = false;
  #isClosed = false;

  constructor(session: OpenEphysSession) {
    this.#session = session;
    this.identity = identityOf(session);
    session.onBlock(({ firstSample, receivedNs, samples }) => {
      const { channels, samplesPerBlock: sampleCount, sampleRateHz } = this.identity;
      const deviceMicroseconds = Math.round(((firstSample + sampleCount) / sampleRateHz) * 1e6);
      this.#newestPair = { deviceMicroseconds, hostNs: receivedNs };
      if (!this.#isStarted || this.#isClosed) return;
      // The GUI gathers samples and sends them in lumps: the least late of each second says when the others were due.
      const acquiredNs = Math.min(
        receivedNs,
        session.monitor.clock.expectedNs(firstSample + sampleCount - 1) ?? receivedNs,
      );
      this.#blocks.fire({ firstSample, sampleCount, channels, samples, acquiredNs, deviceMicroseconds });
    });
    session.onProblem((problem) => this.#hear(problem));
  }

  get newestPair(): ClockPair {
    return this.#newestPair;
  }

  get refusedFrames(): number {
    return this.#session.counts.damagedMessages;
  }

  /** Joins the GUI's acquisition where it is: its samples count from where it began. */
  start(): void {
    this.#isStarted = true;
  }

  /** The GUI sends by itself. */
  requestBlocks(): void {}

  dispose(): void {
    this.#session.dispose();
    for (const each of [this.#blocks, this.#badFrames, this.#closed, this.#rejected, this.#findings]) each.dispose();
  }

  #hear(problem: OpenEphysProblem): void {
    const reason = endings[problem.code];
    if (reason === undefined) {
      if (problem.code === 'damaged-message') this.#badFrames.fire(problem.message);
      this.#findings.fire(inWords(problem));
      return;
    }
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire({ reason, message: inWords(problem) });
  }
}
