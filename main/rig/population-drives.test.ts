import { describe, expect, it } from 'vitest';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import type { ControlAnswer, DriveControl, RunningDrive } from '../../common/simulation-protocol/control-message.ts';
import { BetweenTicks } from './between-ticks.ts';
import { PopulationDrives } from './population-drives.ts';
import { hostTime } from './rig-time.ts';
import { unkeptTurns, type ReplayInput } from './turns.ts';

const network = networkModelSchema.parse({
  exocortex: 'network-model/1',
  title: 'Two populations',
  projections: [],
  inputs: [{ to: 'cells', neuronsPerElectrode: 1, weightMillivolts: 0 }],
  readouts: [],
  populations: [
    { name: 'cells', neurons: 10, model: 'lif', biasMillivolts: 12 },
    { name: 'others', neurons: 10, model: 'lif' },
  ],
});
const checked = { network, experiment: { tickMilliseconds: 2 } } as unknown as CheckedExperiment;
const drive = (strength: number, milliseconds: number, population = 0) =>
  ({ kind: 'drive', population, strength, unit: 'mV', milliseconds }) as const;

/** The simulation's end: takes every drive, and counts its ticks down. */
class PretendedLink {
  isBusy = false;
  isDeaf = false;
  advancedTicks = 100;
  controls: DriveControl[] = [];
  #until = new Map<number, { drive: RunningDrive; until: number }>();

  control(control: DriveControl): Promise<ControlAnswer> {
    if (this.isDeaf) return Promise.reject(new Error('the connection to the simulation has ended'));
    this.controls.push(control);
    if (control.kind === 'drive') {
      const { population, strength, unit, milliseconds } = control;
      if (strength === 13) return Promise.resolve({ problem: 'it would saturate', step: 0, drives: [] });
      const running = { population, strength, unit, ticksLeft: milliseconds / 2 };
      this.#until.set(population, { drive: running, until: this.advancedTicks + running.ticksLeft });
    } else if (control.population === null) this.#until.clear();
    else this.#until.delete(control.population);
    const drives = [...this.#until.values()]
      .filter(({ until }) => until > this.advancedTicks)
      .map(({ drive: of, until }) => ({ ...of, ticksLeft: until - this.advancedTicks }));
    return Promise.resolve({ problem: '', step: 4 * this.advancedTicks, drives });
  }
}

function begin(running: RunningDrive[] = []) {
  const link = new PretendedLink();
  const [marks, told, inputs]: [string[], string[], ReplayInput[]] = [[], [], []];
  const loop = {
    isSimulationPaused: false,
    newestTick: 500,
    pauseSimulation: () => void (loop.isSimulationPaused = true),
    resumeSimulation: () => void (loop.isSimulationPaused = false),
  };
  const drives = new PopulationDrives({
    ...{ checked, link: link as never, loop, running },
    betweenTicks: new BetweenTicks(loop, link, hostTime),
    turns: { ...unkeptTurns(() => 0), input: (input) => void inputs.push(input) },
    isAlive: () => true,
    mark: (text) => void marks.push(text),
    tell: (_severity, text) => void told.push(text),
  });
  /** Lets what is under way come to its end. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { drives, link, loop, marks, told, inputs, settle };
}

describe('a drive of a population', () => {
  it('runs for its time, is kept for a replay, and is marked when it begins and when its time is over', async () => {
    const { drives, link, marks, inputs } = begin();
    expect(await drives.begin(drive(5, 20), 'The operator')).toBe('');
    expect(inputs).toEqual([{ kind: 'drive', control: drive(5, 20) }]);
    link.advancedTicks += 4;
    drives.look();
    expect(drives.status).toEqual([{ population: 0, strength: 5, unit: 'mV', millisecondsLeft: 12 }]);
    expect(marks).toEqual(['The operator drives cells with 5 mV for 20 ms, begun before step 400 (tick 501).']);
    link.advancedTicks += 6;
    expect(drives.status).toEqual([]);
    drives.look();
    drives.look();
    expect(marks.slice(1)).toEqual(['The drive of cells has ended: its time is over.']);
  });

  it('does not say in which tick it begins while the population is paused', async () => {
    const { drives, loop, marks } = begin();
    loop.pauseSimulation();
    await drives.begin(drive(5, 20), 'The operator');
    expect(marks).toEqual(['The operator drives cells with 5 mV for 20 ms, begun before step 400.']);
  });

  it('is stopped by the operator, alone or with all others', async () => {
    const { drives, marks, told } = begin();
    await drives.begin(drive(5, 2000), 'The operator');
    await drives.begin(drive(6, 2000, 1), 'The phase loop');
    expect(await drives.end(0, 'the operator stopped it')).toBe('');
    expect(drives.status.map(({ population }) => population)).toEqual([1]);
    expect(await drives.end(null, 'the operator stopped it')).toBe('');
    expect(drives.status).toEqual([]);
    expect(marks.slice(2)).toEqual([
      'The drive of cells was ended before step 400 (tick 501): the operator stopped it.',
      'The drive of others was ended before step 400 (tick 501): the operator stopped it.',
    ]);
    expect(told).toEqual([]);
  });

  it('ends soon after the output was turned off, once, and the operator is told', async () => {
    const { drives, link, marks, told, settle } = begin();
    await drives.begin(drive(5, 2000), 'The operator');
    drives.endSoon('the output was turned off');
    expect(link.controls).toHaveLength(1);
    drives.look();
    drives.look();
    await settle();
    expect(drives.status).toEqual([]);
    drives.look();
    await settle();
    expect(link.controls).toEqual([drive(5, 2000), { kind: 'end-drive', population: null }]);
    expect(marks.at(-1)).toBe('The drive of cells was ended before step 400 (tick 501): the output was turned off.');
    expect(told).toEqual(['Drives have ended, for the output was turned off: cells.']);
  });

  it('that waits for its turn when the output is turned off does not outlive it', async () => {
    const { drives, link, settle } = begin();
    const beginning = drives.begin(drive(5, 2000), 'The operator');
    drives.endSoon('the output was turned off');
    drives.look();
    await beginning;
    await settle();
    expect(link.controls.map(({ kind }) => kind)).toEqual(['drive', 'end-drive']);
    expect(drives.status).toEqual([]);
  });

  it('is asked to end again until the simulation answers', async () => {
    const { drives, link, settle } = begin();
    await drives.begin(drive(5, 2000), 'The operator');
    link.isDeaf = true;
    drives.endSoon('the output was turned off');
    drives.look();
    await settle();
    expect(drives.status).toHaveLength(1);
    link.isDeaf = false;
    drives.look();
    await settle();
    expect(drives.status).toEqual([]);
  });

  it('of a saved state is known, and ends as any other', async () => {
    const { drives, link, marks } = begin([{ population: 1, strength: -3, unit: 'mV', ticksLeft: 7 }]);
    expect(drives.status).toEqual([{ population: 1, strength: -3, unit: 'mV', millisecondsLeft: 14 }]);
    link.advancedTicks += 7;
    drives.look();
    expect(marks).toEqual(['The drive of others has ended: its time is over.']);
    expect(await drives.end(null, 'a recording began')).toBe('');
    expect(link.controls).toEqual([]);
  });

  it('that cannot be is refused in words and changes nothing', async () => {
    const { drives, marks, inputs } = begin();
    expect(drives.problemOf(drive(5000, 20))).toMatchObject({ at: 'strength' });
    expect(drives.problemOf(drive(5, 1))).toMatchObject({ at: 'milliseconds' });
    expect(drives.problemOf(drive(5, 20, 7))).toMatchObject({ at: 'population' });
    expect(drives.problemOf(drive(5, 20))).toBeUndefined();
    expect(await drives.begin(drive(13, 20), 'The operator')).toBe('it would saturate');
    expect([marks, inputs, drives.status]).toEqual([[], [], []]);
  });
});
