// One test for each hazard that the simulated laboratory can play: what trips, and that nothing is delivered that must not be.
import { describe, expect, it } from 'vitest';
import type { FaultCode } from '../../common/contract/faults.ts';
import { virtualFaultSchema, type VirtualFaultRequest } from '../../common/device-protocol/virtual-fault.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import type { RunningProgram } from './running-program.ts';
import type { World } from './simulated-world.ts';
import { stimulatingWorld } from './stimulating-world.ts';

interface Hazard {
  title: string;
  happen(world: World, program: RunningProgram): void;
  /** Any of these is the first cause; none: it ends without a trip. */
  causes: FaultCode[];
  states?: InterlockState[];
  /** Charges are measured wrongly on purpose. */
  isMeasurementFaulty?: boolean;
}

const device = (fault: VirtualFaultRequest) => (world: World) => {
  world.device.injectFault(virtualFaultSchema.parse(fault));
  world.work();
};

const hazards: Hazard[] = [
  {
    title: 'H01: a current that flows with the output off is a fault that only a restart clears',
    happen(world, { rig }) {
      rig.apply({ kind: 'stop' });
      device({ fault: 'stuck-output', nanoamps: 5000, milliseconds: 300 })(world);
    },
    causes: ['unexpected-output'],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H02: a firmware that hangs with its link alive trips; its own hardware turns the output off',
    happen: device({ fault: 'firmware-hang', milliseconds: 300 }),
    causes: ['watchdog-stop', 'device-silent', 'lease-lost', 'no-acknowledgement', 'source-stalled'],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H03: a device that restarts trips',
    happen: device({ fault: 'reboot' }),
    causes: ['device-rebooted', 'lease-lost', 'device-refused', 'clock-step'],
  },
  {
    title: 'H04: a wrong scale trips at the first pulse',
    happen: device({ fault: 'wrong-scale', permille: 500, pulses: 5 }),
    causes: ['wrong-delivery'],
    isMeasurementFaulty: true,
  },
  {
    title: 'H06: an output stage without voltage trips at the second pulse',
    happen: device({ fault: 'saturate', pulses: 5 }),
    causes: ['compliance'],
  },
  {
    title: 'H07: status that is not sent is no good news: it trips',
    happen: device({ fault: 'silent-status', milliseconds: 400 }),
    causes: ['device-silent', 'no-acknowledgement'],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H09: unbalanced pulses trip',
    happen: device({ fault: 'imbalance', permille: 200, pulses: 5 }),
    causes: ['imbalance', 'direct-current'],
    isMeasurementFaulty: true,
  },
  {
    title: 'H10: an electrode that is polarised before its pulse trips at the first pulse',
    happen: device({ fault: 'polarised-electrode', electrode: 0, millivolts: -51 }),
    causes: ['residual-voltage'],
  },
  {
    title: 'H11: a device that is too warm trips',
    happen: device({ fault: 'over-temperature', decidegrees: 700 }),
    causes: ['over-temperature'],
  },
  {
    title: 'H14: an unplugged device trips, and its output is not known',
    happen: device({ fault: 'unplug' }),
    causes: ['source-closed'],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H21: lines that are half open trip: the device is not heard, and its lease ends',
    happen(world) {
      for (const cable of Object.values(world.cables)) cable.stalledUntilNs = world.time.nowNs + 350e6;
    },
    causes: [
      'device-silent',
      'source-stalled',
      'no-acknowledgement',
      'stop-unconfirmed',
      'lease-lost',
      'watchdog-stop',
    ],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H22: commands that were held up and burst out later are refused by the device',
    happen(world) {
      world.cables.control.stalledUntilNs = world.time.nowNs + 150e6;
      world.cables.watchdog.stalledUntilNs = world.time.nowNs + 150e6;
    },
    causes: ['lease-lost', 'device-silent', 'no-acknowledgement', 'device-refused'],
    states: ['tripped', 'fault'],
  },
  {
    title: 'H25: a rig thread that hangs is stopped by the watchdog',
    happen: (_, { rigThread }) => rigThread.hang(200),
    causes: ['watchdog-stop', 'device-silent', 'late-tick', 'lease-lost', 'source-stalled', 'simulation-stalled'],
  },
  {
    title: 'H26: a computer that pauses as a whole is stopped by the device’s lease, and trips when it goes on',
    happen(_, { rigThread, watchdogThread }) {
      rigThread.hang(250);
      watchdogThread.hang(250);
    },
    causes: [
      'lease-lost',
      'watchdog-stop',
      'device-silent',
      'late-tick',
      'source-stalled',
      'simulation-stalled',
      'device-refused',
    ],
  },
  {
    title: 'H29: a source that stalls trips',
    happen: device({ fault: 'stall', milliseconds: 300 }),
    causes: ['source-stalled', 'late-tick', 'watchdog-stop', 'late-ticks'],
  },
  {
    title: 'H30: lost samples trip',
    happen: device({ fault: 'lost-samples', blocks: 20 }),
    causes: ['samples-lost', 'source-stalled', 'watchdog-stop'],
  },
  {
    title: 'H31: a source that repeats itself trips',
    happen: device({ fault: 'freeze', blocks: 100 }),
    causes: ['source-frozen'],
  },
  {
    title: 'H34: weights that are no numbers trip',
    happen: (_, { simulator }) => void (simulator.faults.hasNonFiniteWeights = true),
    causes: ['not-finite'],
  },
  {
    title: 'H35: results that come late are never stimulated, and trip when they come often',
    happen: (_, { simulator }) => void (simulator.faults.answersLate = true),
    causes: ['late-ticks', 'late-tick'],
  },
  {
    title: 'H36: a simulation that dies trips',
    happen(_, { simulator, rig, rigThread }) {
      simulator.faults.isDead = true;
      rigThread.after(1, () => rig.simulationClosed('signal SIGKILL'));
    },
    causes: ['simulation-closed'],
  },
  {
    title: 'H37: a simulation that hangs trips',
    happen: (_, { simulator }) => void (simulator.faults.isHung = true),
    causes: ['simulation-stalled', 'late-ticks', 'watchdog-stop'],
  },
  {
    title: 'H39: a watchdog thread that dies trips: nobody renews the lease any more',
    happen: (_, { watchdogThread }) => watchdogThread.kill(),
    causes: ['lease-lost', 'watchdog-silent'],
  },
  {
    title: 'H47: a computer that slept trips, and the device’s lease has ended meanwhile',
    happen(world, { rigThread, watchdogThread }) {
      rigThread.hang(250);
      watchdogThread.hang(250);
      world.clock.sleep(250);
    },
    causes: [
      'lease-lost',
      'clock-step',
      'device-silent',
      'late-tick',
      'source-stalled',
      'device-refused',
      'watchdog-stop',
      'simulation-stalled',
    ],
  },
  {
    title: 'H51: a full disk trips',
    happen(world, { recorder }) {
      world.disk.isFull = true;
      recorder.fail();
    },
    causes: ['recorder-closed'],
  },
  {
    title: 'H52: while the disk is stuck nothing is stimulated',
    happen: (world) => void (world.disk.isStuck = true),
    causes: ['refusals', 'recorder-full', 'late-ticks'],
  },
  {
    title: 'H55: a controller that asks for too much is stopped',
    happen: (_, { simulator }) => void (simulator.faults.asksTooMuch = true),
    causes: ['refusals'],
  },
  {
    title: 'H59: an inverted polarity trips at the first pulse',
    happen: device({ fault: 'wrong-polarity', pulses: 5 }),
    causes: ['wrong-delivery'],
  },
  {
    title: 'H81: the emergency stop of the device stops and trips',
    happen: device({ fault: 'emergency-stop', isPressed: true }),
    causes: ['emergency-stop'],
  },
];

describe('hazards in a stimulating rig', () => {
  for (const { title, happen, causes, states = ['tripped'], isMeasurementFaulty = false } of hazards)
    it(title, async () => {
      const { world, program } = await stimulatingWorld();
      try {
        world.watch.isMeasurementFaulty = isMeasurementFaulty;
        happen(world, program);
        await world.pass(900);
        const { state, firstCause } = program.rig.chain.interlock.record;
        expect(causes).toContain(firstCause?.code);
        expect(states).toContain(state);
        const { pulses: _pulses, enables, ...mustBeZero } = world.watch.verdict;
        expect(enables).toBe(1);
        expect(mustBeZero).toEqual({
          pulsesPastBound: 0,
          unbalanced: 0,
          silentEnables: 0,
          unrecorded: 0,
          beyondLimits: 0,
          replayed: 0,
        });
        const after = world.watch.verdict.pulses;
        await world.pass(300);
        expect(world.watch.verdict.pulses).toBe(after);
      } finally {
        world.dispose();
      }
    });

  it('H38: a program that is killed leaves a quiet device, and its next start trips', async () => {
    const { world } = await stimulatingWorld();
    world.kill();
    await world.pass(200);
    const { pulses } = world.watch.verdict;
    const { rig } = await world.start();
    await world.pass(100);
    expect(rig.chain.interlock.record).toMatchObject({ state: 'tripped', firstCause: { code: 'unclean-exit' } });
    expect(rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash })).toBe(false);
    expect(world.watch.verdict.pulses).toBe(pulses);
    world.dispose();
  });

  it('H83: the first cause is kept over further ones and over a kill', async () => {
    const { world, program } = await stimulatingWorld();
    device({ fault: 'over-temperature', decidegrees: 700 })(world);
    await world.pass(50);
    device({ fault: 'emergency-stop', isPressed: true })(world);
    await world.pass(50);
    expect(program.rig.chain.interlock.firstCause?.code).toBe('over-temperature');
    expect(program.rig.chain.interlock.record.furtherCauses.map(({ code }) => code)).toContain('emergency-stop');
    world.kill();
    await world.pass(50);
    expect(world.carried?.firstCause.code).toBe('over-temperature');
    world.dispose();
  });
});
