import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { lateHandlings } from '../../common/journal/records.ts';
import type { SimulationResult } from '../../common/simulation-protocol/result.ts';
import { microseconds, nanoamps } from '../../common/units/units.ts';
import { BlockMonitor } from './acquisition/block-monitor.ts';
import { ClosedLoop } from './closed-loop.ts';
import { DeliveryPath } from './delivery-path.ts';
import type { Acknowledgement, DeviceWriter, PulseCommand } from './hardware/device.ts';
import { deliveredAcknowledgement } from './hardware/acknowledgement.fixture.ts';
import { ActivityWatch } from './interlock/activity/activity-watch.ts';
import { stimulatingInterlock, testSession } from './interlock/stimulating-interlock.fixture.ts';
import { PopulationWatch } from './interlock/population-watch.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { RequestPath } from './request-path.ts';
import { Counters } from './session/counters.ts';
import { LatencyRecord } from './session/latency-record.ts';
import { DetectedSpikes } from './signal/detected-spikes.ts';
import type { SpikeDetector } from './signal/spike-detector.ts';
import { DeliveryMonitor } from './stimulation/delivery-monitor.ts';
import { Gate } from './stimulation/gate.ts';
import { PulseBook } from './stimulation/pulse-book.ts';
import { unkeptTurns } from './turns.ts';

const status = { isDry: false, isOutputOn: true } as DeviceWriter['status'];

const wanted = {
  readout: 0,
  electrode: 3,
  amplitudeNanoamps: nanoamps(5000),
  phaseMicroseconds: microseconds(200),
  interphaseMicroseconds: microseconds(0),
  leadingPhase: 'cathodic',
} as const;

/** The loop on fakes of everything outside it; the interlock and the gate are real. */
function setUp({ mayStimulate = true } = {}) {
  const clock = new FakeClock(1e9);
  const nowNs = () => clock.nowNs();
  const turns = unkeptTurns(nowNs);
  const journalled: [string, object][] = [];
  const journal = new Proxy({ isOpen: true, waitUntilWritten: () => true } as unknown as JournalWriter, {
    get: (target, name) =>
      name in target
        ? Reflect.get(target, name)
        : (...values: unknown[]) => void journalled.push([String(name), values[0] as object]),
  });
  const asked: { tick: number; ticksToAdvance: number; channels: number[] }[] = [];
  const link = {
    isBusy: false,
    sendTick(tick: number, ticksToAdvance: number, channels: Uint16Array, count: number) {
      link.isBusy = true;
      asked.push({ tick, ticksToAdvance, channels: [...channels.subarray(0, count)] });
    },
  };
  const blanked: [number, number][] = [];
  let spikes: number[] = [];
  const detector = {
    filteredMicrovolts: new Float32Array(4096),
    detect(_samples: Int16Array, _count: number, found: DetectedSpikes) {
      found.count = spikes.length;
      found.channels.set(spikes);
      spikes = [];
    },
    blank: (from: number, duration: number) => void blanked.push([from, duration]),
  } as unknown as SpikeDetector;
  const interlock = stimulatingInterlock();
  const pulses: PulseCommand[] = [];
  const faults: Fault[] = [];
  const latency = new LatencyRecord();
  const counters = new Counters();
  const book = new PulseBook();
  const requests = new RequestPath({
    turns,
    interlock,
    gate: new Gate({ pulse: (command) => void pulses.push(command), status }, journal, nowNs),
    pulses: book,
    journal,
    counters,
    deadlineNs: 5e6,
    complianceMillivolts: 10_000,
    capability: 'L3',
    rampSeconds: 10,
    raise: (fault) => void faults.push(fault),
  });
  const monitor = new DeliveryMonitor(() => interlock.limits);
  const deliveries = new DeliveryPath({ pulses: book, monitor, journal, counters });
  const bounds = { neurons: 1, weightMinMillivolts: 0, weightMaxMillivolts: 10 };
  const loop = new ClosedLoop(
    {
      turns,
      monitor: new BlockMonitor(30_000, 10),
      detector,
      found: new DetectedSpikes(64),
      link,
      interlock,
      requests,
      deliveries,
      population: new PopulationWatch(bounds, interlock.limits.timing),
      activity: new ActivityWatch({ channels: 4, sampleRateHz: 30_000 }, interlock.limits.activity),
      journal,
      latency,
      counters,
    },
    {
      deadlineNs: 5e6,
      mayStimulate,
      blankingSamples: 90,
      gapBlankingSamples: 60,
      acknowledgeWithinNs: 100e6,
      simulationSilentMaxNs: 50e6,
    },
    {
      raise: (fault) => void faults.push(fault),
      onBlock() {},
      onGap() {},
      onPopulation() {},
      onDelivery() {},
      onTickEnd() {},
    },
  );
  Object.assign(requests.surroundings, {
    doesPhaseStimulate: true,
    rampElapsedSeconds: 10,
    confirmedSession: testSession,
    heardNs: Infinity,
    presentNs: Infinity,
    impedancesOhms: [50_000, 50_000, 50_000, 50_000],
  });
  let firstSample = 0;
  return {
    clock,
    asked,
    blanked,
    pulses,
    faults,
    latency,
    counters,
    loop,
    requests,
    interlock,
    link,
    block(withSpikesOn: number[] = []) {
      spikes = withSpikesOn;
      loop.takeBlock({
        firstSample,
        sampleCount: 30,
        channels: 2,
        samples: Int16Array.from({ length: 60 }, (_, index) => index + firstSample),
        acquiredNs: clock.nowNs(),
        deviceMicroseconds: 0,
      });
      firstSample += 30;
    },
    answer(requests: SimulationResult['requests'] = [], meanPlasticWeightMillivolts = 0) {
      link.isBusy = false;
      loop.takeResult({
        tick: asked.at(-1)!.tick,
        computeNs: 1,
        spikes: new Uint32Array(0),
        requests,
        meanPlasticWeightMillivolts,
      });
    },
    acknowledge(change: Partial<Acknowledgement> = {}) {
      const { sequence, electrode, amplitudeNanoamps } = pulses.at(-1)!;
      loop.takeAcknowledgement(
        deliveredAcknowledgement({
          sequence,
          sampleIndex: firstSample,
          electrode,
          amplitudeNanoamps,
          receivedNs: clock.nowNs(),
          ...change,
        }),
      );
    },
    ticks: () => journalled.filter(([name]) => name === 'tick').map(([, value]) => value as Record<string, number>),
    handling: () =>
      journalled
        .filter(([name]) => name === 'tick')
        .map(([, value]) => lateHandlings[(value as { handling: number }).handling]),
    stages: () => journalled.map(([name]) => name),
  };
}

describe('ClosedLoop', () => {
  it('reads, detects, simulates, decides and delivers in this order, and journals each stage', () => {
    const rig = setUp();
    rig.block([1]);
    rig.clock.advanceMilliseconds(0.3);
    rig.answer([wanted]);
    rig.clock.advanceMilliseconds(0.2);
    rig.acknowledge();
    expect(rig.stages()).toEqual([
      'block',
      'spikes',
      'simulation',
      'request',
      'permit',
      'delivery',
      'deliveryMeasure',
      'tick',
    ]);
    expect(rig.pulses.length).toBe(1);
    const [tick] = rig.ticks();
    expect(tick!['deliveredNs']! - tick!['acquiredNs']!).toBeCloseTo(0.5e6);
    expect(tick).toMatchObject({ isLate: 0, handling: 0 });
    expect(rig.counters).toMatchObject({ requests: 1, permits: 1, deliveries: 1 });
  });

  it('ends a tick without stimulation when it was decided', () => {
    const rig = setUp();
    rig.block();
    rig.clock.advanceMilliseconds(0.4);
    rig.answer();
    expect(rig.handling()).toEqual(['in time']);
    expect(rig.ticks()[0]).toMatchObject({ deliveredNs: 0 });
    expect(rig.loop.isIdle).toBe(true);
  });

  it('keeps one tick in flight and gives the simulation what came meanwhile at once, losing no spike and no tick', () => {
    const rig = setUp();
    rig.block([1]);
    rig.block([2]);
    rig.block([3, 4]);
    expect(rig.asked).toEqual([{ tick: 1, ticksToAdvance: 1, channels: [1] }]);
    rig.answer();
    expect(rig.asked[1]).toEqual({ tick: 3, ticksToAdvance: 2, channels: [2, 3, 4] });
    rig.answer();
    expect(rig.handling()).toEqual(['in time', 'in time', 'in time']);
  });

  it('goes on without a paused simulation: ticks end in time, nothing is asked, and what is detected does not reach it later', () => {
    const rig = setUp();
    rig.loop.pauseSimulation();
    rig.block([1]);
    rig.clock.advanceMilliseconds(60);
    rig.block([2]);
    rig.loop.takeTime(rig.clock.nowNs());
    expect(rig.asked).toEqual([]);
    expect(rig.handling()).toEqual(['in time', 'in time']);
    expect(rig.faults).toEqual([]);
    expect(rig.counters.spikesNotSimulated).toBe(2);
    rig.loop.resumeSimulation();
    rig.block([3]);
    expect(rig.asked).toEqual([{ tick: 3, ticksToAdvance: 1, channels: [3] }]);
  });

  it('takes the answer that was underway when the simulation was paused', () => {
    const rig = setUp();
    rig.block();
    rig.loop.pauseSimulation();
    rig.answer();
    rig.block();
    expect(rig.asked.length).toBe(1);
    expect(rig.handling()).toEqual(['in time', 'in time']);
    expect(rig.loop.isIdle).toBe(true);
  });

  it('S18: refuses what a late result asks for, journals it, and stimulates nothing', () => {
    const rig = setUp();
    rig.block();
    rig.clock.advanceMilliseconds(5.1);
    rig.answer([wanted]);
    expect(rig.pulses).toEqual([]);
    expect(rig.counters.refusals).toEqual({ late: 1 });
    expect(rig.handling()).toEqual(['late, refused']);
  });

  it('counts late ticks without a fault where nothing can be stimulated', () => {
    const [alone, beside] = [false, true].map((mayStimulate) => {
      const rig = setUp({ mayStimulate });
      rig.block();
      rig.clock.advanceMilliseconds(30);
      rig.answer();
      return { handling: rig.handling(), faults: rig.faults.map(({ code }) => code) };
    });
    expect(alone).toEqual({ handling: ['late, nothing asked'], faults: [] });
    expect(beside).toEqual({ handling: ['late, nothing asked'], faults: ['late-tick'] });
  });

  it('S18: ends a tick at its deadline when no result has come, and refuses the stale result later', () => {
    const rig = setUp();
    rig.block();
    rig.clock.advanceMilliseconds(6);
    rig.block();
    expect(rig.handling()).toEqual(['no result']);
    rig.answer([wanted]);
    expect(rig.pulses).toEqual([]);
    expect(rig.counters.refusals).toEqual({ late: 1 });
    rig.answer([wanted]);
    expect(rig.asked.map(({ ticksToAdvance }) => ticksToAdvance)).toEqual([1, 1]);
    expect(rig.pulses.length).toBe(1);
  });

  it('lets the simulation catch up on ticks that waited beyond their deadline', () => {
    const rig = setUp();
    rig.block([1]);
    rig.block([2]);
    rig.clock.advanceMilliseconds(6);
    rig.block([3]);
    expect(rig.handling()).toEqual(['no result', 'waited']);
    rig.answer();
    expect(rig.asked[1]).toEqual({ tick: 3, ticksToAdvance: 2, channels: [2, 3] });
  });

  it('S09: stimulates nothing before the stimulator has confirmed the armed session', () => {
    const rig = setUp();
    rig.requests.surroundings.confirmedSession = 0;
    rig.block();
    rig.answer([wanted]);
    expect(rig.pulses).toEqual([]);
    expect(rig.counters.refusals).toEqual({ 'not-armed': 1 });
  });

  it('suspends detection from the next block on, and again from where the device says that the pulse began', () => {
    const rig = setUp();
    rig.block();
    rig.answer([wanted]);
    expect(rig.blanked).toEqual([[0, 90]]);
    rig.block();
    rig.acknowledge({ sampleIndex: 45 });
    expect(rig.blanked).toEqual([
      [0, 90],
      [0, 75],
    ]);
  });

  it('S19: raises a fault for a pulse that is not acknowledged, and ends its tick', () => {
    const rig = setUp();
    rig.block();
    rig.answer([wanted]);
    rig.clock.advanceMilliseconds(101);
    rig.loop.takeTime(rig.clock.nowNs());
    expect(rig.faults.map(({ code }) => code)).toContain('no-acknowledgement');
    expect(rig.ticks().length).toBe(1);
  });

  it('S19: raises a fault for an acknowledgement of another amplitude', () => {
    const rig = setUp();
    rig.block();
    rig.answer([wanted]);
    rig.acknowledge({ amplitudeNanoamps: 6000 });
    expect(rig.faults.map(({ code }) => code)).toEqual(['wrong-acknowledgement']);
  });

  it('S23: raises a fault once for a simulation that does not answer', () => {
    const rig = setUp();
    rig.block();
    rig.clock.advanceMilliseconds(51);
    rig.loop.takeTime(rig.clock.nowNs());
    rig.loop.takeTime(rig.clock.nowNs());
    expect(rig.faults.filter(({ code }) => code === 'simulation-stalled').length).toBe(1);
  });

  it('takes the operator’s pulse the same way as every request', () => {
    const rig = setUp();
    rig.block();
    expect(rig.loop.requestDirectly(wanted, 'operator', rig.clock.nowNs())).toBeUndefined();
    rig.acknowledge();
    expect(rig.stages().filter((name) => ['request', 'permit', 'delivery'].includes(name))).toEqual([
      'request',
      'permit',
      'delivery',
    ]);
    expect(
      rig.loop.requestDirectly({ ...wanted, amplitudeNanoamps: nanoamps(99_000) }, 'operator', rig.clock.nowNs()),
    ).toMatchObject({ code: 'amplitude' });
  });

  it('H74: raises a fault for weights that are no number', () => {
    const rig = setUp();
    rig.block();
    rig.answer([wanted], Number.NaN);
    expect(rig.faults.map(({ code }) => code)).toEqual(['not-finite']);
  });

  it('H75: raises a fault for weights that have left their bounds', () => {
    const rig = setUp();
    rig.block();
    rig.answer([], 10.1);
    expect(rig.faults).toMatchObject([{ code: 'weights-out-of-bounds', value: 10.1, bound: 10 }]);
  });

  it('lets the simulation’s amplitudes rise during the experiment’s ramp, and not the operator’s', () => {
    const rig = setUp();
    rig.requests.surroundings.rampElapsedSeconds = 5;
    rig.block();
    rig.answer([wanted]);
    expect(rig.pulses[0]).toMatchObject({ amplitudeNanoamps: 2750 });
    rig.clock.advanceMilliseconds(100);
    rig.block();
    expect(rig.loop.requestDirectly(wanted, 'operator', rig.clock.nowNs())).toBeUndefined();
    expect(rig.pulses[1]).toMatchObject({ amplitudeNanoamps: 5000 });
  });
});
