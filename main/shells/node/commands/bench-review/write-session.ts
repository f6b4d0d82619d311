// Writes a session of any size for the benches of the review and of the export: noise, spikes, ticks, pulses and digital inputs, as the recorder would. Main process of the plain-Node shell.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Fields, Struct, StructValue } from '../../../../../common/base/struct.ts';
import type { CheckedExperiment } from '../../../../../common/experiment/checked-experiment.ts';
import {
  frameHeaderBytes,
  framedBytes,
  journalFileHeader,
  sealFrame,
  writeFrameHeader,
} from '../../../../../common/journal/frame.ts';
import * as records from '../../../../../common/journal/records.ts';
import { recordType } from '../../../../../common/journal/records.ts';
import {
  journalFileName,
  sessionFileName,
  type SessionOpening,
} from '../../../../../common/journal/session-documents.ts';

/** The bench of the export chooses the number of channels. */
export const benchSource = { channels: 64, sampleRateHz: 30_000, samplesPerTick: 30 } as const;
const bufferBytes = 8 * 1024 * 1024;
const templates = 512;
const pulseEveryTicks = 500;
const noiseBits = 40;
/** A camera of 100 frames a second, and a trial every second second. */
const inputs = [
  { line: 1, name: 'camera', everyTicks: 10, highTicks: 2 },
  { line: 2, name: 'trial', everyTicks: 2000, highTicks: 500 },
] as const;

export interface WrittenSession {
  bytes: number;
  seconds: number;
}

function openingOf(checked: CheckedExperiment, version: string, channels: number): SessionOpening {
  const { sampleRateHz, samplesPerTick } = benchSource;
  const digitalInputs = inputs.map(({ line, name }) => ({ line, name }));
  return {
    format: 'exocortex-session/1',
    session: 'bench-review',
    exocortexVersion: version,
    startedAt: '2026-01-01T00:00:00.000+00:00',
    startedNs: 0,
    checked: { ...checked, experiment: { ...checked.experiment, digitalInputs } },
    device: { kind: 'virtual', serial: 'bench', firmware: '1', description: 'Generated for the bench' },
    channels,
    sampleRateHz,
    microvoltsPerBit: 0.195,
    samplesPerTick,
    simulation: { backend: 'none', neurons: 0, synapses: 0, plasticSynapses: 0, populations: [] },
    kernels: { kernel: 'typescript' },
    isArmed: true,
    limits: { hash: '', profile: 'bench', limits: {} },
    operator: 'bench',
  };
}

/** Frames into a file through one buffer. */
class JournalFile {
  readonly #descriptor: number;
  readonly #bytes = new Uint8Array(bufferBytes);
  readonly #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #sequence = 0;
  written = 0;
  hostNs = 0;

  constructor(file: string) {
    this.#descriptor = openSync(file, 'wx');
    this.#bytes.set(journalFileHeader());
    this.#used = journalFileHeader().length;
  }

  /** @param fill writes the payload at a place of the view. */
  add(type: number, payloadBytes: number, fill: (view: DataView, bytes: Uint8Array, at: number) => void): void {
    if (this.#used + framedBytes(payloadBytes) > bufferBytes) this.#flush();
    const at = this.#used;
    this.#bytes.fill(0, at, at + framedBytes(payloadBytes));
    writeFrameHeader(this.#view, at, type, payloadBytes, this.#sequence++, this.hostNs);
    fill(this.#view, this.#bytes, at + frameHeaderBytes);
    this.#used = sealFrame(this.#bytes, this.#view, at, crc32);
  }

  fixed<F extends Fields>(type: number, layout: Struct<F>, value: StructValue<F>): void {
    this.add(type, layout.bytes, (view, _bytes, at) => layout.write(view, at, value));
  }

  json(type: number, document: object): void {
    const text = new TextEncoder().encode(JSON.stringify(document));
    this.add(type, text.length, (_view, bytes, at) => bytes.set(text, at));
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    for (let at = 0; at < this.#used;) at += writeSync(this.#descriptor, this.#bytes, at, this.#used - at);
    this.written += this.#used;
    this.#used = 0;
  }
}

/** Blocks of noise that are used over and over. */
function noiseBlocks(channels: number): Uint8Array[] {
  let state = 1;
  return Array.from({ length: templates }, () => {
    const samples = new Int16Array(benchSource.samplesPerTick * channels);
    for (let place = 0; place < samples.length; place++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      samples[place] = (state >> 16) % noiseBits;
    }
    return new Uint8Array(samples.buffer);
  });
}

/** @param folder is made. @returns what was written. */
export function writeBenchSession(
  folder: string,
  bytes: number,
  checked: CheckedExperiment,
  version: string,
  channels: number = benchSource.channels,
): WrittenSession {
  const { sampleRateHz, samplesPerTick } = benchSource;
  mkdirSync(folder, { recursive: true });
  const opening = openingOf(checked, version, channels);
  writeFileSync(join(folder, sessionFileName), JSON.stringify(opening));
  const journal = new JournalFile(join(folder, journalFileName));
  const noise = noiseBlocks(channels);
  journal.json(recordType.opening, opening);
  journal.json(recordType.state, { from: 'armed', to: 'stimulating', event: 'run' });
  let tick = 0;
  for (; journal.written < bytes; tick++) {
    const firstSample = tick * samplesPerTick;
    journal.hostNs = tick * 1e6;
    const samples = noise[(tick * 7) % templates]!;
    journal.add(recordType.block, records.blockHeader.bytes + samples.length, (view, all, at) => {
      records.blockHeader.write(view, at, {
        firstSample,
        acquiredNs: journal.hostNs,
        sampleCount: samplesPerTick,
        channels,
      });
      all.set(samples, at + records.blockHeader.bytes);
    });
    addInputs(journal, tick, firstSample);
    addSpike(journal, tick, firstSample);
    if (tick % pulseEveryTicks === 0) addPulse(journal, tick, firstSample);
    const { hostNs } = journal;
    journal.fixed(recordType.tick, records.tick, {
      tick,
      firstSample,
      acquiredNs: hostNs,
      arrivalNs: hostNs + 1e5,
      detectedNs: hostNs + 2e5,
      simulatedNs: hostNs + 3e5,
      decidedNs: hostNs + 4e5 + (tick % 97) * 1e3,
      deliveredNs: 0,
      isLate: 0,
      handling: 0,
    });
  }
  journal.json(recordType.closing, { reason: 'completed', ticks: tick, lastSample: tick * samplesPerTick - 1 });
  journal.close();
  return { bytes: journal.written, seconds: (tick * samplesPerTick) / sampleRateHz };
}

function addInputs(journal: JournalFile, tick: number, sampleIndex: number): void {
  for (const { line, everyTicks, highTicks } of inputs) {
    const phase = tick % everyTicks;
    if (phase !== 0 && phase !== highTicks) continue;
    journal.fixed(recordType.digitalInput, records.digitalInput, {
      sampleIndex,
      line,
      isHigh: phase === 0 ? 1 : 0,
      spare: 0,
    });
  }
}

/** Five spikes a second on each electrode, in turn. */
function addSpike(journal: JournalFile, tick: number, firstSample: number): void {
  if (tick % 25 >= 8) return;
  const channel = tick % benchSource.channels;
  journal.add(recordType.spikes, records.spikesHeader.bytes + records.spike.bytes, (view, _bytes, at) => {
    records.spikesHeader.write(view, at, { tick, count: 1, overflow: 0 });
    records.spike.write(view, at + records.spikesHeader.bytes, {
      sampleIndex: firstSample + 3,
      channel,
      amplitudeMicrovolts: -60,
    });
  });
}

function addPulse(journal: JournalFile, tick: number, firstSample: number): void {
  const [request, amplitudeNanoamps, electrode] = [tick, 4000, 5];
  journal.fixed(recordType.request, records.request, {
    request,
    tick,
    amplitudeNanoamps,
    phaseMicroseconds: 200,
    interphaseMicroseconds: 0,
    electrode,
    readout: 0,
    origin: 0,
    isCathodicFirst: 1,
    spare: 0,
  });
  journal.fixed(recordType.permit, records.permit, {
    request,
    expiryNs: journal.hostNs + 3e6,
    sequence: tick,
    spare: 0,
  });
  journal.fixed(recordType.delivery, records.delivery, {
    request,
    sampleIndex: firstSample + 10,
    receivedNs: journal.hostNs + 5e5,
    amplitudeNanoamps,
    sequence: tick,
    electrode,
    outcome: 0,
  });
}
