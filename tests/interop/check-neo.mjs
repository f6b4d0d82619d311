// What python-neo reads from an exported NWB file, beside the session: samples, times of spikes, phases, marks, pulses and inputs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { compare } from './compare.mjs';

/** @typedef {<T>(file: string) => Promise<T>} Load a module of the project */

/** What the journal says, in the words of read_with_neo.py. @param {Load} load @param {string} folder */
async function expectedFrom(load, folder) {
  /** @type {typeof import('../../analysis/summary/session-survey.ts')} */
  const { surveySession } = await load('analysis/summary/session-survey.ts');
  /** @type {typeof import('../../analysis/journal/record-visitor.ts')} */
  const { visitJournal } = await load('analysis/journal/record-visitor.ts');
  const { survey, journal } = await surveySession(folder);
  const { timeline, opening } = survey;
  const summary = survey.summary(journal);
  const hash = createHash('sha256');
  /** @type {Map<number, number>} sign of the current of a request's first phase */
  const signOf = new Map();
  /** @type {[seconds: number, amps: number][]} */
  const pulses = [];
  /** @type {Map<number, [seconds: number, state: number][]>} by line */
  const changes = new Map();
  /** @type {[name: string, seconds: number][]} */
  const phases = [];
  /** @type {[seconds: number, text: string][]} */
  const marks = [];
  const counts = summary.spikesPerChannel.map(() => 0);
  const sums = summary.spikesPerChannel.map(() => 0);
  let sampleTimeSum = 0;
  await visitJournal(join(folder, 'journal.exj'), [
    {
      block({ firstSample, sampleCount }, samples) {
        hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
        for (let sample = firstSample; sample < firstSample + sampleCount; sample++)
          sampleTimeSum += timeline.secondsAt(sample);
      },
      spikes: (_header, spikes) =>
        spikes.forEach(({ channel, sampleIndex }) => {
          counts[channel] = (counts[channel] ?? 0) + 1;
          sums[channel] = (sums[channel] ?? 0) + timeline.secondsAt(sampleIndex);
        }),
      request: ({ request, isCathodicFirst }) => void signOf.set(request, isCathodicFirst === 1 ? -1 : 1),
      delivery: ({ request, outcome, sampleIndex, amplitudeNanoamps }) => {
        if (outcome === 0)
          pulses.push([timeline.secondsAt(sampleIndex), (signOf.get(request) ?? NaN) * amplitudeNanoamps * 1e-9]);
      },
      digitalInput: ({ line, sampleIndex, isHigh }) =>
        void changes.set(line, [...(changes.get(line) ?? []), [timeline.secondsAt(sampleIndex), isHigh]]),
      phase: ({ phase, firstSample }) => void phases.push([phase, timeline.secondsAt(firstSample)]),
      mark: ({ text, sampleIndex }) => void marks.push([timeline.secondsAt(sampleIndex), text]),
    },
  ]);
  const endSeconds = timeline.secondsAt(timeline.endSample);
  const inputNames = new Map((opening.checked.experiment.digitalInputs ?? []).map(({ line, name }) => [line, name]));
  const timing =
    timeline.segments.length > 1
      ? {
          timestamps: summary.samples,
          first: 0,
          last: timeline.secondsAt(timeline.endSample - 1),
          sum: sampleTimeSum,
        }
      : { start: 0, rate: summary.sampleRateHz };
  return {
    voltsPerBit: opening.microvoltsPerBit * 1e-6,
    values: {
      samples: { shape: [summary.samples, summary.channels], sha256: hash.digest('hex') },
      'samples beyond single precision': 0,
      timing,
      pulses,
      inputs: Object.fromEntries([...changes].map(([line, states]) => [inputNames.get(line) ?? `${line}`, states])),
      'spikes per electrode': summary.spikes > 0 ? counts : [],
      'spike time sums': summary.spikes > 0 ? sums : [],
      'spike train ends': summary.spikes > 0 ? counts.map(() => endSeconds) : [],
      epochs: phases.map(([name, start], index) => [name, start, phases[index + 1]?.[1] ?? endSeconds]),
      marks: marks.toSorted(([a], [b]) => a - b),
      faults: summary.faults.length,
    },
  };
}

/**
 * @param {{ python: string, load: Load, folder: string, nwbFile: string }} setting `folder`: the session
 * @returns {Promise<{ version: string, isRight: boolean, isRefused: boolean, words: string, lines: string[] }>} `isRefused`: neo does not open the file
 */
export async function checkNeo({ python, load, folder, nwbFile }) {
  const { voltsPerBit, values } = await expectedFrom(load, folder);
  const script = join(import.meta.dirname, 'read_with_neo.py');
  const ran = spawnSync(python, [script, nwbFile, `${voltsPerBit}`], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (ran.status !== 0)
    return { version: '', isRight: false, isRefused: false, words: 'could not be run', lines: [ran.stderr] };
  /** @type {{ neo: string } & ({ values: Record<string, unknown> } | { refused: string })} */
  const found = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '');
  const version = found.neo;
  if ('refused' in found)
    return { version, isRight: false, isRefused: true, words: `refused: ${found.refused}`, lines: [] };
  return { version, isRefused: false, ...compare(values, found.values) };
}
