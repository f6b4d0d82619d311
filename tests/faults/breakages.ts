// Everything that can break in the simulated laboratory, by the row of the hazard table that it plays.
import type { VirtualFaultRequest } from '../../common/device-protocol/virtual-fault.ts';
import { virtualFaultSchema } from '../../common/device-protocol/virtual-fault.ts';
import type { Dice } from './seeded.ts';
import type { World } from './simulated-world.ts';

interface Breakage {
  /** Row of the hazard table. */
  row: number;
  what: string;
  happen(world: World, dice: Dice): void | Promise<void>;
}

/** The device plays it itself. */
const inDevice = (
  row: number,
  what: string,
  fault: (dice: Dice) => VirtualFaultRequest,
  isMeasured = false,
): Breakage => ({
  row,
  what,
  happen(world, dice) {
    if (isMeasured) world.watch.isMeasurementFaulty = true;
    world.device.injectFault(virtualFaultSchema.parse(fault(dice)));
    world.work();
  },
});

const inProgram = (
  row: number,
  what: string,
  happen: (program: NonNullable<World['program']>, dice: Dice) => void,
): Breakage => ({
  row,
  what,
  happen(world, dice) {
    if (world.program !== undefined) happen(world.program, dice);
  },
});

const anyCable = (dice: Dice) => dice.pick(['data', 'control', 'watchdog'] as const);
const pulses = (dice: Dice) => dice.whole(1, 5);

export const breakages: readonly Breakage[] = [
  inDevice(1, 'a current flows with the output off', (dice) => ({
    fault: 'stuck-output',
    nanoamps: 5000,
    milliseconds: dice.whole(10, 250),
  })),
  inDevice(2, 'the firmware hangs', (dice) => ({ fault: 'firmware-hang', milliseconds: dice.whole(1, 250) })),
  inDevice(3, 'the device restarts', () => ({ fault: 'reboot' })),
  inDevice(
    4,
    'the scale is wrong',
    (dice) => ({ fault: 'wrong-scale', permille: dice.whole(0, 900), pulses: pulses(dice) }),
    true,
  ),
  inDevice(6, 'the output stage saturates', (dice) => ({ fault: 'saturate', pulses: pulses(dice) })),
  inDevice(7, 'status is not sent', (dice) => ({ fault: 'silent-status', milliseconds: dice.whole(1, 300) })),
  inDevice(8, 'an electrode breaks', (dice) => ({
    fault: 'open-electrode',
    electrode: dice.whole(0, 3),
    ohms: 100_000_000,
  })),
  inDevice(
    9,
    'pulses are unbalanced',
    (dice) => ({ fault: 'imbalance', permille: dice.whole(20, 500), pulses: pulses(dice) }),
    true,
  ),
  inDevice(10, 'an electrode is polarised', (dice) => ({
    fault: 'polarised-electrode',
    electrode: dice.whole(0, 3),
    millivolts: dice.pick([-300, -51, -50, 50, 51, 300]),
  })),
  inDevice(11, 'the device is too warm', () => ({ fault: 'over-temperature', decidegrees: 700 })),
  {
    row: 14,
    what: 'the device is unplugged',
    happen(world) {
      world.isDeviceGone = true;
      world.device.injectFault({ fault: 'unplug' });
    },
  },
  {
    row: 18,
    what: 'messages are damaged',
    happen: (world, dice) => void (world.cables[anyCable(dice)].toCorrupt += dice.whole(1, 6)),
  },
  {
    row: 19,
    what: 'messages arrive twice',
    happen: (world, dice) => void (world.cables[anyCable(dice)].toRepeat += dice.whole(1, 20)),
  },
  {
    row: 22,
    what: 'a line stalls and then bursts',
    happen(world, dice) {
      world.cables[anyCable(dice)].stalledUntilNs = world.time.nowNs + dice.between(1, 250) * 1e6;
    },
  },
  {
    row: 24,
    what: 'both lines to the device stall',
    happen(world, dice) {
      const untilNs = world.time.nowNs + dice.between(1, 250) * 1e6;
      world.cables.control.stalledUntilNs = untilNs;
      world.cables.watchdog.stalledUntilNs = untilNs;
    },
  },
  inProgram(25, 'the rig thread hangs', ({ rigThread }, dice) => rigThread.hang(dice.between(1, 250))),
  {
    row: 26,
    what: 'the whole computer pauses',
    happen(world, dice) {
      const milliseconds = dice.between(1, 250);
      world.program?.rigThread.hang(milliseconds);
      world.program?.watchdogThread.hang(milliseconds);
    },
  },
  inDevice(30, 'samples are lost', (dice) => ({ fault: 'lost-samples', blocks: dice.whole(1, 40) })),
  inDevice(31, 'the source repeats itself', (dice) => ({ fault: 'freeze', blocks: dice.whole(1, 60) })),
  inDevice(29, 'the source stalls', (dice) => ({ fault: 'stall', milliseconds: dice.whole(1, 300) })),
  inProgram(34, 'weights are no numbers', ({ simulator }) => void (simulator.faults.hasNonFiniteWeights = true)),
  inProgram(35, 'results come late', ({ simulator }) => void (simulator.faults.answersLate = true)),
  inProgram(36, 'the simulation dies', ({ simulator, rig, rigThread }) => {
    simulator.faults.isDead = true;
    rigThread.after(2, () => rig.simulationClosed('signal SIGKILL'));
  }),
  inProgram(37, 'the simulation hangs', ({ simulator }) => void (simulator.faults.isHung = true)),
  { row: 38, what: 'the program is killed', happen: (world) => world.kill() },
  inProgram(39, 'the watchdog thread dies', ({ watchdogThread }) => watchdogThread.kill()),
  inProgram(40, 'the watchdog thread hangs', ({ watchdogThread }, dice) => watchdogThread.hang(dice.between(1, 250))),
  inProgram(42, 'the rig thread dies', ({ rigThread }) => rigThread.kill()),
  inProgram(45, 'a person stops', ({ rig, rigThread }) =>
    rigThread.run(() => void rig.apply({ kind: 'stop' }, 'simulated')),
  ),
  { row: 45, what: 'the stop word is raised', happen: (world) => world.stopWord() },
  {
    row: 47,
    what: 'the computer sleeps',
    happen(world, dice) {
      const milliseconds = dice.between(1, 250);
      world.program?.rigThread.hang(milliseconds);
      world.program?.watchdogThread.hang(milliseconds);
      world.clock.sleep(milliseconds);
    },
  },
  inDevice(50, 'the clocks drift apart', (dice) => ({
    fault: 'clock-drift',
    partsPerMillion: dice.pick([-5000, -600, 600, 5000, 50_000]),
  })),
  inDevice(50, 'the device’s clock jumps', (dice) => ({
    fault: 'clock-step',
    milliseconds: dice.pick([-200, -20, -6, 6, 20, 200]),
  })),
  {
    row: 51,
    what: 'the disk is full',
    happen(world) {
      world.disk.isFull = true;
      world.program?.rigThread.after(3, () => world.program?.recorder.fail());
    },
  },
  { row: 52, what: 'the disk is stuck', happen: (world) => void (world.disk.isStuck = true) },
  inProgram(55, 'the controller asks for too much', ({ simulator }) => void (simulator.faults.asksTooMuch = true)),
  inDevice(59, 'the polarity is inverted', (dice) => ({ fault: 'wrong-polarity', pulses: pulses(dice) })),
  inDevice(61, 'acknowledgements are wrong', (dice) => ({
    fault: 'wrong-acknowledgement',
    field: dice.pick(['sequence', 'amplitude']),
    pulses: pulses(dice),
  })),
  inDevice(61, 'acknowledgements are missing', (dice) => ({ fault: 'no-acknowledgement', pulses: pulses(dice) })),
  inDevice(61, 'acknowledgements are slow', (dice) => ({
    fault: 'slow-acknowledgement',
    milliseconds: dice.whole(1, 200),
    pulses: pulses(dice),
  })),
  inProgram(65, 'nobody looks any more', ({ rig }, dice) => {
    rig.operator.notePage(rig.newestAcquiredNs - dice.between(4, 6) * 1e9);
  }),
  { row: 73, what: 'the station’s log cannot be written', happen: (world) => void (world.station.isBroken = true) },
  inDevice(81, 'the emergency stop is pressed', () => ({ fault: 'emergency-stop', isPressed: true })),
];

/** @returns what broke, in words. */
export async function breakSomething(world: World, dice: Dice): Promise<string> {
  const { row, what, happen } = dice.pick(breakages);
  await happen(world, dice);
  return `H${String(row).padStart(2, '0')} ${what}`;
}

/** What people can mend is mended. */
export function mendEverything(world: World): void {
  world.disk.isFull = false;
  world.disk.isStuck = false;
  world.station.isBroken = false;
  for (const cable of Object.values(world.cables)) cable.toCorrupt = cable.toRepeat = 0;
  world.device.injectFault({ fault: 'emergency-stop', isPressed: false });
  const { program } = world;
  if (program === undefined) return;
  Object.assign(program.simulator.faults, { answersLate: false, asksTooMuch: false, hasNonFiniteWeights: false });
}
