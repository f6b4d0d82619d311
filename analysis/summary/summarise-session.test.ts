import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../common/journal/session-summary.ts';
import { lateHandlings } from '../../common/journal/records.ts';
import { sessionFixture, writeSessionFixture, type SessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { summariseSession } from './summarise-session.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.dispose());

function summarise(session: SessionFixture, journal?: Uint8Array): Promise<SessionSummary> {
  writeSessionFixture(folder.path, session, journal);
  return summariseSession(folder.path);
}

/** Percentiles of durations in ns, by sorting them. */
function naivePercentiles(durationsNs: readonly number[]) {
  const sorted = durationsNs.map((ns) => Math.round(ns / 1000) / 1000).sort((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.ceil(fraction * sorted.length) - 1] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: sorted.at(-1) ?? 0 };
}

/** Spikes around moments, by comparing every spike with every moment. */
function naiveResponse(session: SessionFixture, moments: readonly number[], isNear: (channel: number) => boolean) {
  const all = new Array<number>(90).fill(0);
  const stimulated = new Array<number>(90).fill(0);
  let evoked = 0;
  let baseline = 0;
  for (const moment of moments) {
    for (const { sampleIndex, channel } of session.spikes) {
      const ms = (sampleIndex - moment) / 20;
      if (ms < -30 || ms >= 60) continue;
      all[Math.floor(ms) + 30]! += 1;
      if (channel === 5) stimulated[Math.floor(ms) + 30]! += 1;
      if (isNear(channel) && ms >= 2 && ms < 30) evoked++;
      if (isNear(channel) && ms >= -30 && ms < -2) baseline++;
    }
  }
  const per = Math.max(1, moments.length);
  return { stimuli: moments.length, evoked: evoked / per, baseline: baseline / per, all, stimulated };
}

const response = ({
  stimuli,
  evokedSpikesPerDelivery,
  baselineSpikesPerDelivery,
  histogram,
}: SessionSummary['evoked']) => ({
  stimuli,
  evoked: evokedSpikesPerDelivery,
  baseline: baselineSpikesPerDelivery,
  all: histogram.allElectrodes,
  stimulated: histogram.stimulatedElectrode,
});

/** On the grid of 4 × 4, electrode 5 has these around it. */
const isNearElectrode5 = (channel: number) => [0, 1, 2, 4, 5, 6, 8, 9, 10].includes(channel);

describe('the summary of a session', () => {
  it('counts what a naive count over the same session counts', async () => {
    const session = sessionFixture();
    const summary = await summarise(session);
    const late = session.ticks.filter(({ isLate }) => isLate === 1);
    const delivered = session.deliveries.filter(({ outcome }) => outcome === 0);
    expect(summary).toMatchObject({
      complete: true,
      reason: 'completed',
      source: 'virtual',
      backend: 'typescript',
      native: false,
      nativeReason: 'the native addon is not built',
      seconds: 1.5,
      ticks: 1500,
      lateTicks: late.length,
      lateHandling: { 'no result': late.filter(({ handling }) => lateHandlings[handling] === 'no result').length },
      samples: 30_000,
      samplesLost: 0,
      gaps: 0,
      samplesUnreadable: 0,
      spikes: session.spikes.length,
      spikesPerChannel: Array.from(
        { length: 16 },
        (_, at) => session.spikes.filter(({ channel }) => channel === at).length,
      ),
      simulatedSpikes: session.simulated.length,
      meanPlasticWeightMillivolts: { first: session.meanWeights[0], last: session.meanWeights.at(-1) },
      requests: session.requests.length,
      permits: session.deliveries.length,
      refusals: { 'electrode-rate': session.refusals.length },
      deliveries: delivered.length,
      deliveriesPerElectrode: { '5': delivered.length },
      refusedByDevice: session.deliveries.length - delivered.length,
      unacknowledged: 0,
      trips: 0,
      faults: [],
      phases: [
        { name: 'baseline', stimulation: false, fromSecond: 0 },
        { name: 'closed-loop', stimulation: true, fromSecond: 0.5 },
      ],
    });
    expect(late.length).toBeGreaterThan(0);
    expect(session.refusals.length).toBeGreaterThan(0);
    expect(summary.refusedByDevice).toBeGreaterThan(0);
  });

  it('gives the percentiles that sorting all ticks gives', async () => {
    const session = sessionFixture();
    const { latencyMs, stagesMs } = await summarise(session);
    const { ticks } = session;
    expect(latencyMs).toEqual(
      naivePercentiles(ticks.map((tick) => (tick.deliveredNs || tick.decidedNs || tick.endNs) - tick.acquiredNs)),
    );
    const stage = (from: 'acquired' | 'arrival' | 'detected' | 'simulated' | 'decided', to: keyof typeof stagesMs) =>
      naivePercentiles(
        ticks.filter((tick) => tick[`${from}Ns`] && tick[`${to}Ns`]).map((tick) => tick[`${to}Ns`] - tick[`${from}Ns`]),
      );
    expect(stagesMs).toEqual({
      arrival: stage('acquired', 'arrival'),
      detected: stage('arrival', 'detected'),
      simulated: stage('detected', 'simulated'),
      decided: stage('simulated', 'decided'),
      delivered: stage('decided', 'delivered'),
    });
    expect(stagesMs.delivered.count).toBeLessThan(stagesMs.arrival.count);
  });

  it('aligns spikes to deliveries, so that a closed loop can be told from an open one', async () => {
    const session = sessionFixture({ ticks: 6000 });
    const { evoked, evokedControl } = await summarise(session);
    const delivered = session.deliveries.filter(({ outcome }) => outcome === 0).map(({ sampleIndex }) => sampleIndex);
    expect(response(evoked)).toEqual(naiveResponse(session, delivered, isNearElectrode5));
    expect(evoked.evokedSpikesPerDelivery).toBeGreaterThan(evoked.baselineSpikesPerDelivery + 0.5);

    const endOfTick = (tick: number) => (session.ticks.find((record) => record.tick === tick)?.firstSample ?? 0) + 20;
    const refused = new Set(session.refusals.map(({ request }) => request));
    const moments = session.requests.filter(({ request }) => refused.has(request)).map(({ tick }) => endOfTick(tick));
    expect(response(evokedControl)).toEqual(naiveResponse(session, moments, isNearElectrode5));
  });

  it('shows no response in a control session whose requests were all refused', async () => {
    const session = sessionFixture({ ticks: 6000, isArmed: false });
    const { evoked, evokedControl, isArmed, refusals } = await summarise(session);
    expect(isArmed).toBe(false);
    expect(refusals).toEqual({ 'not-armed': session.requests.length });
    expect(evoked.stimuli).toBe(0);
    expect(evokedControl.stimuli).toBe(session.requests.length);
    expect(Math.abs(evokedControl.evokedSpikesPerDelivery - evokedControl.baselineSpikesPerDelivery)).toBeLessThan(0.5);
  });

  it('counts lost samples as time that passed, and their fault as a trip', async () => {
    const summary = await summarise(sessionFixture({ ticks: 300, gapAtTick: 100, lostSamples: 130 }));
    expect(summary).toMatchObject({
      samples: 6000,
      samplesLost: 130,
      gaps: 1,
      samplesUnreadable: 0,
      seconds: 6130 / 20_000,
      trips: 1,
    });
    expect(summary.faults).toEqual([{ code: 'samples-lost', message: '130 samples were lost', isFirst: true }]);
  });

  it('tells a session that was killed, and one whose journal is damaged, from a complete one', async () => {
    const killed = await summarise(sessionFixture({ ticks: 60, isClosed: false }));
    expect(killed).toMatchObject({ complete: false, reason: 'interrupted', ticks: 60 });

    const session = sessionFixture({ ticks: 60 });
    const { bytes } = session.journal;
    const secondBlock =
      session.journal.frameStarts.find(
        (start) => new DataView(bytes.buffer).getUint16(start + 8, true) === 2 && start > 10_000,
      ) ?? 0;
    bytes[secondBlock + 100] = (bytes[secondBlock + 100] ?? 0) ^ 1;
    const damaged = await summarise(session, bytes);
    expect(damaged).toMatchObject({
      complete: false,
      reason: 'completed',
      samplesUnreadable: 20,
      samplesLost: 0,
      journal: { framesLost: 1 },
    });
  });

  it('of a session cut at any byte of its last frames is that of the session up to its last whole frame', async () => {
    const session = sessionFixture({ ticks: 12, channels: 2 });
    const { bytes, frameStarts } = session.journal;
    const ends = [...frameStarts.slice(1), bytes.length];
    let whole: SessionSummary | undefined;
    for (let cut = ends.at(-4) ?? 0; cut <= bytes.length; cut++) {
      const summary = await summarise(session, bytes.subarray(0, cut));
      const validBytes = ends.filter((end) => end <= cut).at(-1) ?? 0;
      if (cut === validBytes) whole = summary;
      expect(summary).toEqual({
        ...whole,
        journal: { ...whole?.journal, tornBytes: cut - validBytes },
        complete: cut === bytes.length,
      });
      expect(summary.journal.validBytes).toBe(validBytes);
    }
  });
});
