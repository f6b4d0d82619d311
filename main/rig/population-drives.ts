// Drives of the simulated population: begins and ends them, knows which run, and says in the recording what became of each. Rig thread.
import type { RunningDriveStatus } from '../../common/contract/rig-status.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { Phase } from '../../common/experiment/experiment.ts';
import { type DriveProblem, driveProblem, driveWords } from '../../common/experiment/network/drive.ts';
import { driveOf } from '../../common/experiment/phase-drive.ts';
import type { DriveControl, RunningDrive } from '../../common/simulation-protocol/control-message.ts';
import type { BetweenTicks } from './between-ticks.ts';
import type { ClosedLoop } from './closed-loop.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';
import type { Turns } from './turns.ts';

export interface DriveParts {
  checked: CheckedExperiment;
  link: Pick<SimulationLink, 'advancedTicks' | 'control'>;
  loop: Pick<ClosedLoop, 'newestTick'>;
  betweenTicks: Pick<BetweenTicks, 'run'>;
  turns: Turns;
  /** Those of the saved state that the population goes on from. */
  running: readonly RunningDrive[];
  /** Whether the simulation is there. */
  isAlive(): boolean;
  /** In the recording, if there is one. */
  mark(text: string): void;
  /** To the operator, who has not asked for it. */
  tell(severity: 'info' | 'warning', text: string): void;
}

type Beginning = Extract<DriveControl, { kind: 'drive' }>;
interface Running extends Omit<RunningDrive, 'ticksLeft'> {
  /** Of the ticks that the simulation has computed, the last that is driven. */
  readonly until: number;
}

/** In sentences: "… the operator stopped it". */
export type WhyEnded =
  | 'the operator stopped it'
  | 'the output was turned off'
  | 'the rig was armed'
  | 'a recording began'
  | 'the recording ended';

export class PopulationDrives {
  readonly #parts: DriveParts;
  #running: readonly Running[] = [];
  /** Those that wait for their turn between two ticks. */
  #beginning = 0;
  #whyEnd: WhyEnded | undefined;
  #isEnding = false;

  constructor(parts: DriveParts) {
    this.#parts = parts;
    this.#take(parts.running);
  }

  get status(): RunningDriveStatus[] {
    const { link } = this.#parts;
    const { tickMilliseconds } = this.#parts.checked.experiment;
    return this.#running
      .filter(({ until }) => until > link.advancedTicks)
      .map(({ population, strength, unit, until }) => ({
        ...{ population, strength, unit },
        millisecondsLeft: (until - link.advancedTicks) * tickMilliseconds,
      }));
  }

  /** @returns what is wrong with it; undefined when the population may be asked. */
  problemOf({ population, strength, unit, milliseconds }: Beginning): DriveProblem | undefined {
    const { network, experiment } = this.#parts.checked;
    const model = network.populations[population];
    if (model === undefined)
      return { at: 'population', what: `there is no population ${population}`, fix: 'Choose one of the network' };
    const drive = { strength, unit, milliseconds };
    return driveProblem(model, drive, network.stepMilliseconds, experiment.tickMilliseconds);
  }

  /** @param who "The operator". @returns why it does not run, or ''. */
  async begin(drive: Beginning, who: string): Promise<string> {
    this.#beginning++;
    const { problem, before } = await this.#control(drive);
    this.#beginning--;
    if (problem !== '') return problem;
    this.#parts.mark(
      `${who} drives ${this.#name(drive.population)} with ${driveWords(drive)}, begun before ${before}.`,
    );
    return '';
  }

  /** What the protocol injects from the beginning of a phase on. */
  async beginPhase(phase: Phase): Promise<void> {
    const { checked, mark, tell } = this.#parts;
    for (const drive of phase.drives) {
      const population = checked.network.populations.findIndex(({ name }) => name === drive.population);
      const control = { kind: 'drive', population, ...driveOf(drive, phase.seconds) } as const;
      const problem = await this.begin(control, `The phase ${phase.name}`);
      if (problem === '') continue;
      const text = `The phase ${phase.name} does not drive ${drive.population}: ${problem}.`;
      mark(text);
      tell('warning', text);
    }
  }

  /** Those that run, and those that are about to. @param population null: all. @returns why not, or ''. */
  async end(population: number | null, why: WhyEnded): Promise<string> {
    this.look();
    const isMeant = (drive: RunningDrive | Running) => (population ?? drive.population) === drive.population;
    if (!this.#parts.isAlive() || (this.#beginning === 0 && !this.#running.some(isMeant))) return '';
    const { problem, ended, before } = await this.#control({ kind: 'end-drive', population });
    for (const drive of ended.filter(isMeant))
      this.#parts.mark(`The drive of ${this.#name(drive.population)} was ended before ${before}: ${why}.`);
    if (problem === '' && why !== 'the operator stopped it' && ended.length > 0)
      this.#parts.tell(
        'info',
        `Drives have ended, for ${why}: ${ended.map((each) => this.#name(each.population)).join(', ')}.`,
      );
    return problem;
  }

  /** As soon as the population can be told; for where nothing can wait. */
  endSoon(why: WhyEnded): void {
    this.#whyEnd ??= why;
  }

  /** Between ticks. */
  look(): void {
    const { link, isAlive, mark } = this.#parts;
    const over = this.#running.filter(({ until }) => until <= link.advancedTicks);
    if (over.length > 0) {
      this.#running = this.#running.filter((each) => !over.includes(each));
      for (const { population } of over) mark(`The drive of ${this.#name(population)} has ended: its time is over.`);
    }
    if (!isAlive()) this.#running = [];
    if (this.#whyEnd !== undefined && !this.#isEnding) void this.#endAll(this.#whyEnd);
  }

  async #endAll(why: WhyEnded): Promise<void> {
    this.#isEnding = true;
    // What does not answer is asked again.
    this.#whyEnd = undefined;
    if ((await this.end(null, why)) !== '') this.#whyEnd ??= why;
    this.#isEnding = false;
  }

  async #control(control: DriveControl) {
    const { betweenTicks, link, turns, loop } = this.#parts;
    const answer = await betweenTicks.run(async (wasPaused) => {
      const controlled = await link.control(control);
      if (controlled.problem !== '') return controlled;
      turns.begin();
      turns.input({ kind: 'drive', control });
      turns.end('input');
      const ended = this.#running.filter(
        ({ population, until }) =>
          until > link.advancedTicks && controlled.drives.every((each) => each.population !== population),
      );
      this.#take(controlled.drives);
      const tick = wasPaused ? '' : ` (tick ${loop.newestTick + 1})`;
      return { problem: '', ended, before: `step ${controlled.step}${tick}` };
    });
    return { ended: [], before: '', ...answer };
  }

  #take(drives: readonly RunningDrive[]): void {
    const { advancedTicks } = this.#parts.link;
    this.#running = drives.map(({ ticksLeft, ...drive }) => ({ ...drive, until: advancedTicks + ticksLeft }));
  }

  #name(population: number): string {
    return this.#parts.checked.network.populations[population]!.name;
  }
}
