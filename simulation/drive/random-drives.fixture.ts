// Drives of any populations at any ticks, for comparing back ends.
import fc from 'fast-check';
import { driveRange } from '../../common/experiment/network/drive.ts';
import type { DriveControl } from '../../common/simulation-protocol/control-message.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';

/** Before which tick and of which population, modulo how many there are, and where in its range. */
interface RandomDrive {
  tick: number;
  population: number;
  part: number;
  milliseconds: number;
}

export const randomDrives: fc.Arbitrary<readonly RandomDrive[]> = fc.array(
  fc.record({
    tick: fc.nat(25),
    population: fc.nat(7),
    part: fc.nat(1000).map((thousandth) => thousandth / 1000),
    milliseconds: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** @returns what is to be told before a tick; nothing of populations that cannot be driven. */
export function drivesBefore(
  { network }: SimulationConfiguration,
  drives: readonly RandomDrive[],
  tick: number,
  ticks: number,
): DriveControl[] {
  return drives.flatMap((drive) => {
    const population = drive.population % network.populations.length;
    const range = driveRange(network.populations[population]!, network.stepMilliseconds);
    if (drive.tick % ticks !== tick || range === undefined) return [];
    const strength = range.lowest + drive.part * (range.highest - range.lowest);
    return [{ kind: 'drive', population, strength, unit: range.unit, milliseconds: drive.milliseconds }];
  });
}
