// Records sessions for end-to-end tests, reads back what their journals hold, and writes one anew with digital inputs in it.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DigitalInputRecord, visitJournal } from '../../analysis/journal/record-visitor.ts';
import { journalFile, readOpening } from '../../analysis/journal/session-folder.ts';
import { reviewFolderName } from '../../analysis/review/review-layout.ts';
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import {
  nwbFileName,
  sessionFileName,
  type SessionOpening,
  summaryFileName,
} from '../../common/journal/session-documents.ts';
import { manifestFileName } from '../../common/journal/session-manifest.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';
import { readFrames, writeFrames } from './rewrite-journal.ts';
import { lastJson, runExocortex } from './run-exocortex.ts';

/** What the journal of a session says, in numbers. */
export interface Recorded {
  sampleRateHz: number;
  microvoltsPerBit: number;
  channels: number;
  /** Sample-major, from the session's first sample on. */
  samples: Int16Array;
  spikes: { at: number; channel: number }[];
  delivered: number[];
  refused: number;
  ticks: number;
  /** Neurons of the simulated spikes in order of time. */
  simulated: number[];
}

export async function readRecorded(folder: string): Promise<Recorded> {
  const { sampleRateHz, microvoltsPerBit, channels } = await readOpening(folder);
  const blocks: { firstSample: number; samples: Int16Array }[] = [];
  const recorded: Recorded = {
    sampleRateHz,
    microvoltsPerBit,
    channels,
    samples: new Int16Array(0),
    spikes: [],
    delivered: [],
    refused: 0,
    ticks: 0,
    simulated: [],
  };
  const atOf = (sample: number) => sample - (blocks[0]?.firstSample ?? 0);
  await visitJournal(journalFile(folder), [
    {
      block: ({ firstSample }, samples) => blocks.push({ firstSample, samples: samples.slice() }),
      spikes: (_header, spikes) =>
        recorded.spikes.push(...spikes.map(({ sampleIndex, channel }) => ({ at: atOf(sampleIndex), channel }))),
      delivery: ({ sampleIndex, outcome }) => void (outcome === 0 && recorded.delivered.push(atOf(sampleIndex))),
      refusal: () => recorded.refused++,
      tick: () => recorded.ticks++,
      simulation: (_header, neurons) => void recorded.simulated.push(...neurons),
    },
  ]);
  const last = blocks.at(-1)!;
  recorded.samples = new Int16Array(atOf(last.firstSample) * channels + last.samples.length);
  for (const { firstSample, samples } of blocks) recorded.samples.set(samples, atOf(firstSample) * channels);
  recorded.spikes = recorded.spikes.filter(({ at }) => at >= 0);
  return recorded;
}

/** A busy computer fails the self-test of arming, or trips, as it should: then it is begun again. @returns the session's folder */
export async function recordComplete(run: readonly string[]): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const finished = await runExocortex(run);
    if (finished.stdout !== '') {
      const { session, complete } = lastJson<RunResult>(finished);
      if (complete) return session;
      rmSync(session, { recursive: true });
    } else if (!finished.stderr.includes('cannot be armed')) throw new Error(finished.stderr);
    if (attempt === 8) throw new Error(`no complete session in ${attempt} attempts: ${finished.stderr}`);
  }
}

/** One record of a line; `at` is a sample from the session's first on. */
export interface InputChange {
  at: number;
  line: number;
  isHigh: boolean;
}

const encoder = new TextEncoder();

/**
 * Copies a session and puts changes of digital inputs into its journal, each behind the block that holds its sample, as the rig does.
 * What was made from the journal is left out.
 * @param changes in order. @param more of the opening
 */
export function withDigitalInputs(
  from: string,
  to: string,
  named: readonly DigitalInput[],
  changes: readonly InputChange[],
  more: Partial<SessionOpening>,
): void {
  cpSync(from, to, { recursive: true });
  for (const name of [nwbFileName, summaryFileName, manifestFileName, reviewFolderName])
    rmSync(join(to, name), { recursive: true, force: true });
  const amended = (opening: SessionOpening): SessionOpening => {
    const { checked } = opening;
    const experiment = { ...checked.experiment, digitalInputs: [...named] };
    return { ...opening, ...more, checked: { ...checked, experiment } };
  };
  const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as SessionOpening;
  const waiting = [...changes];
  let zero: number | undefined;
  const frames = readFrames(journalFile(to)).flatMap(({ type, hostNs, payload }) => {
    if (type === recordType.opening)
      return [{ type, hostNs, payload: encoder.encode(JSON.stringify(amended(parse(payload)))) }];
    const frame = { type, hostNs, payload };
    if (type !== recordType.block) return [frame];
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const { firstSample, sampleCount } = records.blockHeader.read(view, 0);
    const first = (zero ??= firstSample);
    const end = firstSample + sampleCount - first;
    const due = waiting.splice(0, waiting.filter(({ at }) => at < end).length);
    return [frame, ...due.map((change) => ({ type: recordType.digitalInput, hostNs, payload: encode(change, first) }))];
  });
  writeFrames(journalFile(to), frames);
  const file = join(to, sessionFileName);
  writeFileSync(file, JSON.stringify(amended(parse(readFileSync(file)))));
}

function encode({ at, line, isHigh }: InputChange, zero: number): Uint8Array {
  const bytes = new Uint8Array(records.digitalInput.bytes);
  const value: DigitalInputRecord = { sampleIndex: zero + at, line, isHigh: isHigh ? 1 : 0, spare: 0 };
  records.digitalInput.write(new DataView(bytes.buffer), 0, value);
  return bytes;
}
