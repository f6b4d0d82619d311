// Programs beside the main process as the rig thread sees them: the main thread starts them, here their ends are heard. Rig thread.
import { toDisposable, type Disposable } from '../../../common/base/disposable.ts';

/** A program that the main thread was asked to start. */
export interface StartedProgram extends Disposable {
  /** Listens for the program's end; `how` says how, in words. */
  onExit(listener: (how: string) => void): void;
}

interface ProgramRequests {
  start(program: number, name: string, args: string[], environment: Record<string, string>): void;
  end(program: number): void;
}

export class Programs<Name extends string> {
  readonly #requests: ProgramRequests;
  readonly #listeners = new Map<number, ((how: string) => void)[]>();
  #next = 1;

  constructor(requests: ProgramRequests) {
    this.#requests = requests;
  }

  start(name: Name, args: string[], environment: Record<string, string>): StartedProgram {
    const program = this.#next++;
    const listeners: ((how: string) => void)[] = [];
    this.#listeners.set(program, listeners);
    this.#requests.start(program, name, args, environment);
    const end = toDisposable(() => {
      this.#listeners.delete(program);
      this.#requests.end(program);
    });
    return { onExit: (listener) => void listeners.push(listener), dispose: () => end.dispose() };
  }

  /** The main thread reports that a program ended. Programs that were disposed are not reported on. */
  exited(program: number, how: string): void {
    for (const listener of this.#listeners.get(program) ?? []) listener(how);
    this.#listeners.delete(program);
  }
}
