// Experiments and past sessions as the core lists them. Runs in the page.
import type { Diagnostic, ExperimentDetails, ExperimentEntry } from '../../common/contract/commands.ts';
import { type FoundSessions, type SessionQuery, sessionsShown } from '../../common/contract/sessions.ts';
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
  sessions = $state.raw<FoundSessions | undefined>();
  /** Which sessions are looked for. */
  filter = $state.raw<SessionQuery>({});
  /** What Design shows and Run connects. */
  chosenFile = $state('');
  details = $state.raw<ExperimentDetails | undefined>();
  unreadable = $state.raw<UnreadableExperiment | undefined>();
  readonly #call: GiveCommand;
  /** Asked after the question that is open; those between are never asked. */
  #next: { looksAgain: boolean } | undefined;
  #asking: Promise<void> | undefined;

  constructor(call: GiveCommand) {
    this.#call = call;
  }

  async refreshExperiments(): Promise<void> {
    const outcome = await this.#call('experiments.list', {});
    if ('refusal' in outcome) return;
    this.experiments = outcome.answer.experiments;
    if (this.chosenFile === '') await this.choose(this.usual('virtual')?.file ?? this.experiments[0]?.file ?? '');
  }

  /** Asks for the sessions that fit. @param looksAgain at the folders, which may take a second; the list is shown before */
  refreshSessions(looksAgain = false): Promise<void> {
    this.#next = { looksAgain: looksAgain || (this.#next?.looksAgain ?? false) };
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Narrows or widens what is looked for; what is undefined does not matter any more. */
  lookFor(change: { [K in keyof SessionQuery]: SessionQuery[K] | undefined }): void {
    const filter = Object.entries({ ...this.filter, most: undefined, ...change });
    this.filter = Object.fromEntries(filter.filter(([, value]) => value !== undefined && value !== ''));
    void this.refreshSessions();
  }

  showMore(): void {
    this.lookFor({ most: (this.filter.most ?? sessionsShown) + sessionsShown });
  }

  async #ask(): Promise<void> {
    while (this.#next !== undefined) {
      const { looksAgain } = this.#next;
      this.#next = undefined;
      const outcome = await this.#call('sessions.list', { ...this.filter, ...(looksAgain ? { looksAgain } : {}) });
      if ('answer' in outcome) this.sessions = outcome.answer;
    }
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
