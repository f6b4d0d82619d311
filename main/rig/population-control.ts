// Pauses the simulated population, lets it go on, and saves its state in the session's folder. Rig thread.
import { basename, join } from 'node:path';
import { recordType } from '../../common/journal/records.ts';
import type { Mark } from '../../common/journal/session-documents.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { RigOutcome } from './rig-messages.ts';
import type { RigTime } from './rig-time.ts';
import { savedWords, savePopulation } from './save-population.ts';
import { failed, notNow } from './session/refuse-command.ts';

export class PopulationControl {
  readonly #time: RigTime;
  #isSaving = false;

  constructor(time: RigTime) {
    this.#time = time;
  }

  hold(rig: ConnectedRig | undefined, isPause: boolean): RigOutcome {
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (this.#isSaving) return notNow('the population is being saved', 'Try again in a moment.');
    const { loop } = rig.chain;
    if (loop.isSimulationPaused === isPause) return { answer: { done: true } };
    if (isPause) loop.pauseSimulation();
    else loop.resumeSimulation();
    mark(rig, isPause ? 'The population was paused.' : 'The population goes on.');
    return { answer: { done: true } };
  }

  async save(rig: ConnectedRig | undefined): Promise<RigOutcome> {
    if (rig?.run === undefined)
      return notNow('no recording is running', 'States are kept with a recording: start one first.');
    if (this.#isSaving) return notNow('the population is being saved', 'Try again in a moment.');
    const { folder, elapsedSeconds } = rig.run;
    const path = join(folder, `population-${Math.round(elapsedSeconds * 1000)}-ms.state`);
    this.#isSaving = true;
    const saved = await savePopulation(rig.chain.loop, rig.connections.link, this.#time, path);
    this.#isSaving = false;
    if ('problem' in saved)
      return failed(`the state was not saved: ${saved.problem}`, 'Check free space and rights of the sessions folder.');
    mark(rig, savedWords(basename(path), saved));
    return { answer: { file: path, step: saved.step, bytes: saved.bytes } };
  }
}

/** In the recording, if there is one. */
function mark(rig: ConnectedRig, text: string): void {
  if (rig.run !== undefined)
    rig.journal.json(recordType.mark, { text, sampleIndex: rig.run.lastSample } satisfies Mark);
}
