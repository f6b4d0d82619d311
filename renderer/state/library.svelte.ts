// Experiments and past sessions as the core lists them. Runs in the page.
import type { Diagnostic, ExperimentDetails, ExperimentEntry, SessionEntry } from '../../common/contract/commands.ts';
import type { GiveCommand } from './give-command.ts';

/** An experiment that could not be opened: what is wrong with its file. */
export interface UnreadableExperiment {
  file: string;
  what: string;
  cure: string;
  diagnostics: Diagnostic[];
}

export class Library {
  /** Undefined until the first list has come. */
  experiments = $state.raw<ExperimentEntry[] | undefined>();
  sessions = $state.raw<SessionEntry[] | undefined>();
  /** What Design shows and Run connects. */
  chosenFile = $state('');
  details = $state.raw<ExperimentDetails | undefined>();
  unreadable = $state.raw<UnreadableExperiment | undefined>();
  readonly #call: GiveCommand;

  constructor(call: GiveCommand) {
    this.#call = call;
  }

  async refreshExperiments(): Promise<void> {
    const outcome = await this.#call('experiments.list', {});
    if ('refusal' in outcome) return;
    this.experiments = outcome.answer.experiments;
    if (this.chosenFile === '') await this.choose(this.usual('virtual')?.file ?? this.experiments[0]?.file ?? '');
  }

  async refreshSessions(): Promise<void> {
    const outcome = await this.#call('sessions.list', {});
    if ('answer' in outcome) this.sessions = outcome.answer.sessions;
  }

  /** The first valid experiment on such a source; of several, one that closes the loop. */
  usual(sourceKind: ExperimentEntry['sourceKind']): ExperimentEntry | undefined {
    const fitting = (this.experiments ?? []).filter((entry) => entry.sourceKind === sourceKind && isValid(entry));
    return fitting.find(({ name }) => name.startsWith('closed-loop')) ?? fitting[0];
  }

  /** Chooses an experiment and reads its file anew. */
  async choose(file: string): Promise<void> {
    const isOther = this.chosenFile !== file;
    this.chosenFile = file;
    if (isOther) this.details = this.unreadable = undefined;
    if (file === '') return;
    const outcome = await this.#call('experiments.open', { file });
    if (this.chosenFile !== file) return;
    if ('answer' in outcome) {
      this.details = outcome.answer;
      this.unreadable = undefined;
    } else {
      const { what, cure, diagnostics } = outcome.refusal;
      this.details = undefined;
      this.unreadable = { file, what, cure, diagnostics: diagnostics ?? [] };
    }
  }
}

/** Whether an experiment can be connected. */
export function isValid(entry: ExperimentEntry): boolean {
  return entry.problems.every(({ severity }) => severity !== 'error');
}
