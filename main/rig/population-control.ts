// Pauses the simulated population, lets it go on, controls its learning, drives it, and saves its state in the session's folder. Rig thread.
import { basename, join } from 'node:path';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { DriveControl, LearningControl } from '../../common/simulation-protocol/control-message.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { RigOutcome } from './rig-messages.ts';
import { savedWords, savePopulation } from './save-population.ts';
import { failed, notNow } from './session/refuse-command.ts';

export class PopulationControl {
  hold(rig: ConnectedRig | undefined, isPause: boolean): RigOutcome {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (rig.betweenTicks.isBusy) return busy;
    const { loop } = rig.chain;
    if (loop.isSimulationPaused === isPause) return { answer: { done: true } };
    if (isPause) loop.pauseSimulation();
    else loop.resumeSimulation();
    rig.mark(isPause ? 'The population was paused.' : 'The population goes on.');
    return { answer: { done: true } };
  }

  /** Freezes, resets or clamps what learns, and says so in the recording. */
  async control(rig: ConnectedRig | undefined, control: LearningControl): Promise<RigOutcome> {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (rig.betweenTicks.isBusy) return busy;
    const { link } = rig.connections;
    const { problem } = await rig.betweenTicks.run(async () => {
      const answer = await link.control(control);
      if (answer.problem === '') noteLearning(rig, control);
      return answer;
    });
    if (problem !== '') return failed(`the learning stays as it is: ${problem}`, 'Connect again when this repeats.');
    rig.mark(controlWords(rig.checked.network, control));
    return { answer: { done: true } };
  }

  /** Begins or ends a drive, and says so in the recording. */
  async drive(rig: ConnectedRig | undefined, control: DriveControl): Promise<RigOutcome> {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (rig.betweenTicks.isBusy) return busy;
    if (control.kind === 'end-drive') {
      const problem = await rig.drives.end(control.population, 'the operator stopped it');
      if (problem !== '') return failed(`the drive goes on: ${problem}`, 'Stop it again, or disconnect.');
      return { answer: { done: true } };
    }
    const wrong = rig.drives.problemOf(control);
    if (wrong !== undefined) return failed(wrong.what, `${wrong.fix}.`);
    const problem = await rig.drives.begin(control, 'The operator');
    if (problem !== '') return failed(`nothing is injected: ${problem}`, 'Connect again when this repeats.');
    return { answer: { done: true } };
  }

  async save(rig: ConnectedRig | undefined): Promise<RigOutcome> {
    if (rig?.run === undefined)
      return notNow('no recording is running', 'States are kept with a recording: start one first.');
    if (rig.betweenTicks.isBusy) return busy;
    const { folder, elapsedSeconds } = rig.run;
    const path = join(folder, `population-${Math.round(elapsedSeconds * 1000)}-ms.state`);
    const saved = await savePopulation(rig.betweenTicks, rig.connections.link, path);
    if ('problem' in saved)
      return failed(`the state was not saved: ${saved.problem}`, 'Check free space and rights of the sessions folder.');
    rig.mark(savedWords(basename(path), saved));
    return { answer: { file: path, step: saved.step, bytes: saved.bytes } };
  }
}

const busy = notNow('the population is being saved or changed', 'Try again in a moment.');

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
