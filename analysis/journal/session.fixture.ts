// A session as the rig records it, with everything that happened in it kept for comparison; tests only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import { refusalCodes } from '../../common/contract/refusals.ts';
import * as records from '../../common/journal/records.ts';
import { lateHandlings, recordType, requestOrigins } from '../../common/journal/records.ts';
import { journalFileName, sessionFileName, type SessionOpening } from '../../common/journal/session-documents.ts';
import { checkedExperimentFixture } from './checked-experiment.fixture.ts';
import { JournalWriterFixture } from './journal-writer.fixture.ts';
import type {
  DeliveryMeasureRecord,
  DeliveryRecord,
  RefusalRecord,
  RequestRecord,
  SpikeRecord,
  TickRecord,
} from './record-visitor.ts';

export interface SessionFixtureOptions {
  ticks?: number;
  channels?: number;
  /** Samples are lost before this tick. */
  gapAtTick?: number;
  lostSamples?: number;
  /** Whether the gate was armed; otherwise every request is refused and tissue is never stimulated. */
  isArmed?: boolean;
  /** Whether the stimulator measures its pulses. */
  isMeasured?: boolean;
  /** Whether the session was closed orderly. */
  isClosed?: boolean;
  /** What the journal says the session is. */
  opening?: SessionOpening;
  /** Lines that are recorded, and their records: `at` a sample from the session's first on, in order. */
  digitalInputs?: { named: readonly DigitalInput[]; changes: readonly { at: number; line: number; isHigh: 0 | 1 }[] };
}

/** Everything that a session's journal says, in plain arrays. */
export interface SessionFixture {
  opening: SessionOpening;
  journal: JournalWriterFixture;
  /** One entry per block. */
  blocks: { firstSample: number; samples: Int16Array }[];
  spikes: SpikeRecord[];
  simulated: { tick: number; neuron: number; endSample: number }[];
  meanWeights: number[];
  /** In order of ticks, each with the host time at which it ended. */
  ticks: (TickRecord & { endNs: number })[];
  requests: RequestRecord[];
  refusals: RefusalRecord[];
  deliveries: DeliveryRecord[];
  /** One for each delivery. */
  measures: DeliveryMeasureRecord[];
}

const sampleRateHz = 20_000;
const samplesPerTick = 20;
const startedNs = 8_000_000_000_000;
const neurons = 40;
/** The source ran before the recording began. */
const ticksBefore = 350;

/** A generator of numbers in [0, 1) (mulberry32): the same numbers in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function openingFixture(channels: number, isArmed: boolean): SessionOpening {
  return {
    format: 'exocortex-session/1',
    session: '6f1cbb52-0f3e-4c84-9a3c-2a6a3f4a9b11',
    exocortexVersion: '0.1.0',
    startedAt: '2026-03-02T14:05:06.250+01:00',
    startedNs,
    checked: checkedExperimentFixture(channels),
    device: { kind: 'virtual', serial: 'V-0001', firmware: '1.0', description: 'Virtual rig, 20 kHz' },
    channels,
    sampleRateHz,
    microvoltsPerBit: 0.195,
    samplesPerTick,
    simulation: {
      backend: 'typescript',
      neurons,
      synapses: 160,
      plasticSynapses: 160,
      populations: [{ name: 'cortex', firstNeuron: 0, neurons }],
    },
    kernels: { kernel: 'typescript', reason: 'the native addon is not built' },
    isArmed,
    limits: { hash: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', profile: 'bench', limits: {} },
    operator: 'Curie, Marie',
  };
}

/** The result for the tick before the recording, which comes in before its first block. */
function writeResultBefore(journal: JournalWriterFixture): void {
  const header = { tick: ticksBefore - 1, computeNs: 1, meanPlasticWeightMillivolts: 9, ticksToAdvance: 1, isStale: 0 };
  journal.simulation(header, [0, 1, 2]);
}

/** The end of a tick whose samples came before the recording. */
function writeTickBefore(journal: JournalWriterFixture): void {
  journal.fixed(recordType.tick, records.tick, {
    tick: ticksBefore - 1,
    firstSample: (ticksBefore - 1) * samplesPerTick,
    acquiredNs: startedNs,
    arrivalNs: 0,
    detectedNs: 0,
    simulatedNs: 0,
    decidedNs: 0,
    deliveredNs: 0,
    isLate: 1,
    handling: lateHandlings.indexOf('waited'),
  });
}

/** Writes a session tick by tick: spikes, population, a stimulus every 50 ms on electrode 5 that evokes spikes there. */
export function sessionFixture({
  ticks = 1500,
  channels = 16,
  gapAtTick = -1,
  lostSamples = 130,
  isArmed = true,
  isMeasured = true,
  isClosed = true,
  opening = openingFixture(channels, isArmed),
  digitalInputs,
}: SessionFixtureOptions = {}): SessionFixture {
  if (digitalInputs !== undefined) opening.checked.experiment.digitalInputs = [...digitalInputs.named];
  const changes = [...(digitalInputs?.changes ?? [])];
  const random = seededRandom(7);
  const journal = new JournalWriterFixture();
  const session: SessionFixture = {
    opening,
    journal,
    blocks: [],
    spikes: [],
    simulated: [],
    meanWeights: [],
    ticks: [],
    requests: [],
    refusals: [],
    deliveries: [],
    measures: [],
  };
  const evoked: { sample: number; channel: number }[] = [];
  const awaited: DeliveryRecord[] = [];
  let firstSample = ticksBefore * samplesPerTick;
  let nextRequest = 41;

  journal.hostNs = startedNs;
  journal.json(recordType.opening, opening);
  journal.json(recordType.state, { from: 'armed', to: 'stimulating', event: 'run', operator: opening.operator });
  journal.json(recordType.phase, { phase: 'baseline', index: 0, stimulation: false, firstSample });

  /** Asks for a pulse on electrode 5 at the end of the tick, and tells its fate. */
  const request = (tick: number, endSample: number): void => {
    const asked: RequestRecord = {
      request: nextRequest++,
      tick,
      amplitudeNanoamps: 12_000,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 20,
      electrode: 5,
      readout: 0,
      origin: requestOrigins.indexOf('simulation'),
      isCathodicFirst: 1,
      spare: 0,
    };
    session.requests.push(asked);
    journal.fixed(recordType.request, records.request, asked);
    const refusedFor = !isArmed ? 'not-armed' : asked.request % 4 === 0 ? 'electrode-rate' : undefined;
    if (refusedFor) {
      const refused = {
        request: asked.request,
        value: 60,
        bound: 50,
        code: refusalCodes.indexOf(refusedFor),
        spare: 0,
      };
      session.refusals.push(refused);
      journal.fixed(recordType.refusal, records.refusal, refused);
      return;
    }
    const sequence = session.deliveries.length + 1;
    journal.fixed(recordType.permit, records.permit, {
      request: asked.request,
      expiryNs: journal.hostNs + 3e6,
      sequence,
      spare: 0,
    });
    awaited.push({
      request: asked.request,
      sampleIndex: endSample + 6,
      receivedNs: journal.hostNs + 4e5,
      amplitudeNanoamps: 12_000,
      sequence,
      electrode: 5,
      outcome: asked.request % 7 === 0 ? 5 : 0,
    });
  };

  writeResultBefore(journal);
  const underway: SessionFixture['ticks'] = [];
  for (let tick = ticksBefore; tick < ticksBefore + ticks; tick++) {
    const index = tick - ticksBefore;
    if (index === gapAtTick) {
      journal.fixed(recordType.gap, records.gap, { firstLostSample: firstSample, lostSamples });
      journal.json(recordType.fault, {
        code: 'samples-lost',
        message: `${lostSamples} samples were lost`,
        isFirst: true,
      });
      const lost = { measure: 'lost-samples', value: 1, bound: 0.1 };
      journal.json(recordType.health, { ...lost, isWrong: true, message: 'Samples do not arrive.' });
      journal.json(recordType.health, { ...lost, value: 0, isWrong: false });
      firstSample += lostSamples;
    }
    if (index === Math.floor(ticks / 3))
      journal.json(recordType.phase, { phase: 'closed-loop', index: 1, stimulation: true, firstSample });
    if (index === Math.floor(ticks / 2))
      journal.json(recordType.mark, { text: 'medium changed, 37 °C', sampleIndex: firstSample });

    const endSample = firstSample + samplesPerTick;
    const acquiredNs = startedNs + (index + 1) * 1e6;
    journal.hostNs = acquiredNs + 20_000;
    const samples = Int16Array.from({ length: samplesPerTick * channels }, () => Math.round((random() - 0.5) * 200));
    session.blocks.push({ firstSample, samples });
    journal.block(firstSample, acquiredNs, channels, samples);
    const behind = endSample - ticksBefore * samplesPerTick;
    while (changes[0] !== undefined && changes[0].at < behind) {
      const { at, line, isHigh } = changes.shift()!;
      const sampleIndex = ticksBefore * samplesPerTick + at;
      journal.fixed(recordType.digitalInput, records.digitalInput, { sampleIndex, line, isHigh, spare: 0 });
    }

    for (const answer of awaited.splice(0)) {
      session.deliveries.push(answer);
      journal.fixed(recordType.delivery, records.delivery, answer);
      const isDelivered = answer.outcome === 0;
      const measure = {
        request: answer.request,
        startMicroseconds: isDelivered ? answer.sampleIndex * 50 : 0,
        firstFemtocoulombs: isDelivered ? -2_400_000 : 0,
        secondFemtocoulombs: isDelivered ? 2_400_000 : 0,
        peakMillivolts: isDelivered ? 840 : 0,
        isSaturated: 0,
        limitsHashHigh: 0x00112233,
        limitsHashLow: 0x44556677,
        residualMillivolts: isDelivered ? (answer.sequence % 7) - 3 : 0,
        isNotMeasured: isMeasured ? 0 : 1,
      };
      session.measures.push(measure);
      journal.fixed(recordType.deliveryMeasure, records.deliveryMeasure, measure);
      if (answer.outcome === 0)
        evoked.push({ sample: answer.sampleIndex + 60 + Math.floor(random() * 200), channel: 5 });
    }
    const due = evoked.filter(({ sample }) => sample >= firstSample && sample < endSample);
    const found = Array.from({ length: channels }, (_, channel) => channel)
      .filter(() => random() < 0.004)
      .map((channel) => ({ sample: firstSample + Math.floor(random() * samplesPerTick), channel }))
      .concat(due)
      .sort((a, b) => a.sample - b.sample)
      .map(({ sample, channel }) => ({
        sampleIndex: sample,
        channel,
        amplitudeMicrovolts: -60 - Math.floor(random() * 64) / 4,
      }));
    session.spikes.push(...found);
    if (found.length > 0) journal.spikes(tick, found);

    const isLate = index % 97 === 96;
    const fired = Array.from({ length: neurons }, (_, neuron) => neuron).filter(() => random() < 0.01);
    const weight = Math.fround(1 + index / 1024);
    if (!isLate) {
      journal.simulation(
        { tick, computeNs: 90_000, meanPlasticWeightMillivolts: weight, ticksToAdvance: 1, isStale: 0 },
        fired,
      );
      session.simulated.push(...fired.map((neuron) => ({ tick, neuron, endSample })));
    }
    session.meanWeights.push(isLate ? (session.meanWeights.at(-1) ?? NaN) : weight);
    if (!isLate && index % 50 === 25 && index > ticks / 3) request(tick, endSample);
    if (index % 500 === 0)
      journal.weights(
        tick,
        Float32Array.from({ length: 160 }, (_, synapse) => weight + synapse / 512),
      );

    const stage = () => Math.floor(random() * 200_000) + 1000;
    const arrivalNs = acquiredNs + stage();
    const detectedNs = arrivalNs + stage();
    const simulatedNs = isLate ? 0 : detectedNs + stage();
    const decidedNs = isLate ? 0 : simulatedNs + stage();
    const isDelivered = awaited.length > 0;
    const deliveredNs = isDelivered ? decidedNs + 900_000 + stage() : 0;
    const value: TickRecord = {
      tick,
      firstSample,
      acquiredNs,
      arrivalNs,
      detectedNs,
      simulatedNs,
      decidedNs,
      deliveredNs,
      isLate: isLate ? 1 : 0,
      handling: lateHandlings.indexOf(isLate ? 'no result' : 'in time'),
    };
    const endNs = isLate ? acquiredNs + 4.2e6 : deliveredNs || decidedNs;
    session.ticks.push({ ...value, endNs });
    // A tick with a pulse underway ends when the pulse is acknowledged: behind the next tick.
    const toEnd = isDelivered ? [] : [{ ...value, endNs }, ...underway.splice(0)];
    if (isDelivered) underway.push({ ...value, endNs });
    for (const ended of toEnd) {
      journal.hostNs = ended.endNs;
      journal.fixed(recordType.tick, records.tick, ended);
    }
    if (index === 1) writeTickBefore(journal);
    firstSample = endSample;
  }
  if (isClosed) journal.json(recordType.closing, { reason: 'completed', ticks, lastSample: firstSample - 1 });
  return session;
}

/** Puts a session's files into `folder`, which is made. */
export function writeSessionFixture(
  folder: string,
  session: SessionFixture,
  journal: Uint8Array = session.journal.bytes,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, journalFileName), journal);
  writeFileSync(join(folder, sessionFileName), JSON.stringify(session.opening));
}
