// Pauses the simulated population, lets it go on, and saves its state in the session's folder. Rig thread.
import { basename, join } from 'node:path';
import { recordType } from '../../common/journal/records.ts';
import type { Mark } from '../../common/journal/session-documents.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { LearningControl } from '../../common/simulation-protocol/control-message.ts';
import { betweenTicks } from './between-ticks.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { RigOutcome } from './rig-messages.ts';
import type { RigTime } from './rig-time.ts';
import { savedWords, savePopulation } from './save-population.ts';
import { failed, notNow } from './session/refuse-command.ts';

export class PopulationControl {
  readonly #time: RigTime;
  /** Whether something is underway that only one may do at a time. */
  #isBusy = false;

  constructor(time: RigTime) {
    this.#time = time;
  }

  hold(rig: ConnectedRig | undefined, isPause: boolean): RigOutcome {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (this.#isBusy) return notNow('the population is being saved or changed', 'Try again in a moment.');
    const { loop } = rig.chain;
    if (loop.isSimulationPaused === isPause) return { answer: { done: true } };
    if (isPause) loop.pauseSimulation();
    else loop.resumeSimulation();
    mark(rig, isPause ? 'The population was paused.' : 'The population goes on.');
    return { answer: { done: true } };
  }

  /** Freezes, resets or clamps what learns, and says so in the recording. */
  async control(rig: ConnectedRig | undefined, control: LearningControl): Promise<RigOutcome> {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (this.#isBusy) return notNow('the population is being saved or changed', 'Try again in a moment.');
    this.#isBusy = true;
    const { link } = rig.connections;
    const { problem } = await betweenTicks(rig.chain.loop, link, this.#time, async () => {
      const answer = await link.control(control);
      if (answer.problem === '') noteLearning(rig, control);
      return answer;
    });
    this.#isBusy = false;
    if (problem !== '') return failed(`the learning stays as it is: ${problem}`, 'Connect again when this repeats.');
    mark(rig, controlWords(rig.checked.network, control));
    return { answer: { done: true } };
  }

  async save(rig: ConnectedRig | undefined): Promise<RigOutcome> {
    if (rig?.run === undefined)
      return notNow('no recording is running', 'States are kept with a recording: start one first.');
    if (this.#isBusy) return notNow('the population is being saved or changed', 'Try again in a moment.');
    const { folder, elapsedSeconds } = rig.run;
    const path = join(folder, `population-${Math.round(elapsedSeconds * 1000)}-ms.state`);
    this.#isBusy = true;
    const saved = await savePopulation(rig.chain.loop, rig.connections.link, this.#time, path);
    this.#isBusy = false;
    if ('problem' in saved)
      return failed(`the state was not saved: ${saved.problem}`, 'Check free space and rights of the sessions folder.');
    mark(rig, savedWords(basename(path), saved));
    return { answer: { file: path, step: saved.step, bytes: saved.bytes } };
  }
}

/** What the recording's mark says of it. */
function controlWords({ projections, signals }: NetworkModel, control: LearningControl): string {
  switch (control.kind) {
    case 'freeze':
      return `The synapses of ${projections[control.projection]!.name} ${control.isFrozen ? 'were frozen' : 'learn again'}.`;
    case 'reset':
      return `The synapses of ${projections[control.projection]!.name} were set back to their beginning.`;
    case 'clamp': {
      const { name } = signals[control.signal]!;
      return control.value === null
        ? `The signal ${name} runs again.`
        : `The signal ${name} is held at ${control.value}.`;
    }
  }
}

/** Before the population goes on. */
function noteLearning({ turns }: ConnectedRig, control: LearningControl): void {
  turns.begin();
  turns.input({ kind: 'learning', control });
  turns.end('input');
}

/** In the recording, if there is one. */
function mark(rig: ConnectedRig, text: string): void {
  if (rig.run !== undefined)
    rig.journal.json(recordType.mark, { text, sampleIndex: rig.run.lastSample } satisfies Mark);
}
