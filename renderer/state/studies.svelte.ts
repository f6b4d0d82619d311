// Studies of learning rules: which there are, which one is looked at, how far one is that runs, and what was found. Runs in the page.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import { type NewStudy, type StudyEntry, type StudyReading, studyTaskName } from '../../common/contract/studies.ts';
import type { Task } from './bulletin.svelte.ts';
import type { GiveCommand } from './give-command.ts';

export class Studies {
  /** Undefined until the first list has come. */
  entries = $state.raw<StudyEntry[] | undefined>();
  /** Where the user's own studies and all results are. */
  folder = $state('');
  chosenFile = $state('');
  /** Results of the chosen study. */
  reading = $state.raw<StudyReading | undefined>();
  /** Why results that are there cannot be shown. */
  readingProblem = $state.raw<CommandRefusal | undefined>();
  /** What the core told last of each study that ran, by the task's name. */
  tasks = $state.raw<ReadonlyMap<string, Task>>(new Map());
  /** Files whose start or cancelling is under way. */
  pending = $state.raw<ReadonlySet<string>>(new Set());
  /** Names of the rules that are left out of the curves. */
  hidden = $state.raw<ReadonlySet<string>>(new Set());
  readonly #call: GiveCommand;
  readonly #refuse: (refusal: CommandRefusal) => void;

  constructor(call: GiveCommand, refuse: (refusal: CommandRefusal) => void) {
    this.#call = call;
    this.#refuse = refuse;
  }

  get chosen(): StudyEntry | undefined {
    return this.entries?.find(({ file }) => file === this.chosenFile);
  }

  get running(): StudyEntry | undefined {
    return this.entries?.find(({ isRunning }) => isRunning);
  }

  /** What the core tells of a study while it runs, or after it ended. */
  taskOf({ folder }: StudyEntry): Task | undefined {
    return this.tasks.get(studyTaskName(folder));
  }

  /** Looks at the files again, and at the results of the chosen study. */
  async refresh(): Promise<void> {
    const outcome = await this.#call('studies.list', {});
    if ('refusal' in outcome) return this.#refuse(outcome.refusal);
    this.entries = outcome.answer.studies;
    this.folder = outcome.answer.folder;
    const first = this.entries.find(({ isRunning }) => isRunning) ?? this.entries[0];
    await this.choose(this.chosen?.file ?? first?.file ?? '');
  }

  async choose(file: string): Promise<void> {
    if (file !== this.chosenFile) {
      this.chosenFile = file;
      this.reading = this.readingProblem = undefined;
      this.hidden = new Set();
    }
    if (this.chosen?.hasResults !== true) return;
    const outcome = await this.#call('studies.results', { file });
    if (this.chosenFile !== file) return;
    if ('answer' in outcome) {
      this.reading = outcome.answer;
      this.readingProblem = undefined;
    } else {
      this.reading = undefined;
      this.readingProblem = outcome.refusal;
    }
  }

  start(file: string): Promise<void> {
    return this.#give('studies.start', file);
  }

  cancel(file: string): Promise<void> {
    return this.#give('studies.cancel', file);
  }

  /** @returns the refusal, or undefined when the study is there; it is then chosen. */
  async create(wanted: NewStudy): Promise<CommandRefusal | undefined> {
    const outcome = await this.#call('studies.create', wanted);
    if ('refusal' in outcome) return outcome.refusal;
    await this.refresh();
    await this.choose(outcome.answer.file);
    return undefined;
  }

  /** A notice of the core; those on other tasks are passed over. */
  note(task: Task): void {
    if (!isStudyTask(task)) return;
    const before = this.tasks.get(task.task);
    const isNew = before?.state !== task.state || before.what !== task.what;
    this.tasks = new Map(this.tasks).set(task.task, task);
    // Begun or ended, also from another page, or one more unit is done: the list says what is there now.
    if (isNew && this.entries !== undefined) void this.refresh();
  }

  show(label: string, isShown: boolean): void {
    const hidden = new Set(this.hidden);
    if (isShown) hidden.delete(label);
    else hidden.add(label);
    this.hidden = hidden;
  }

  async #give(command: 'studies.start' | 'studies.cancel', file: string): Promise<void> {
    this.pending = new Set([...this.pending, file]);
    const outcome = await this.#call(command, { file });
    if ('refusal' in outcome) this.#refuse(outcome.refusal);
    await this.refresh();
    this.pending = new Set([...this.pending].filter((each) => each !== file));
  }
}

export const isStudyTask = ({ task }: Task) => task.startsWith(studyTaskName(''));
