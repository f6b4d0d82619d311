// Asks for the devices of every kind at once, each within its own time: a system that stalls on one kind hides no other. Main process.
import type { DeviceKind, DeviceListing, FoundDevice, ListingFault } from '../../common/contract/devices.ts';

/** What asking for the devices of one kind gives; never rejects for what may happen. */
export type Asked = FoundDevice[] | ListingFault;

export interface KindToFind {
  kind: DeviceKind;
  /** "HID devices", for people. */
  words: string;
  /** Whether listing them can stall the system; then it is not done while the rig may stimulate. */
  canStall: boolean;
  ask: () => Promise<Asked>;
}

export interface FinderOptions {
  kinds: readonly KindToFind[];
  /** Whether nothing can be stimulated now. */
  isQuiet: () => boolean;
  answerMilliseconds: number;
}

const late = Symbol('late');

export class DeviceFinder {
  readonly #options: FinderOptions;
  /** Kinds that have not answered yet: there is never a second question beside one that hangs, each would hold a thread. */
  readonly #waiting = new Map<DeviceKind, Promise<Asked>>();

  constructor(options: FinderOptions) {
    this.#options = options;
  }

  /** @returns all that has answered in time, in the order of the kinds; what has not is said as a fault */
  async list(): Promise<DeviceListing> {
    const asked = await Promise.all(this.#options.kinds.map((kind) => this.#listKind(kind)));
    return {
      devices: asked.flatMap((each) => (Array.isArray(each) ? each : [])),
      faults: asked.flatMap((each) => (Array.isArray(each) ? [] : [each])),
    };
  }

  async #listKind(toFind: KindToFind): Promise<Asked> {
    const { kind, words, canStall } = toFind;
    const { answerMilliseconds, isQuiet } = this.#options;
    if (canStall && !isQuiet())
      return {
        kind,
        code: 'not-now',
        message: `The ${words} are not listed while the rig is being armed or may stimulate: listing them can stall the system.`,
        toDo: 'Turn the output off, and look again.',
      };
    let deadline: NodeJS.Timeout | undefined;
    const lateness = new Promise<typeof late>((resolve) => {
      deadline = setTimeout(() => resolve(late), answerMilliseconds);
    });
    const answer = await Promise.race([this.#ask(toFind), lateness]);
    clearTimeout(deadline);
    if (answer !== late) return answer;
    return {
      kind,
      code: 'enumeration-stalled',
      message: `The system has not listed the ${words} in ${answerMilliseconds / 1000} s; it is still being waited for, and nothing else waits.`,
      toDo: 'Look again in ten seconds. If it stays so, unplug what was plugged in last, or restart this computer.',
    };
  }

  #ask({ kind, words, ask }: KindToFind): Promise<Asked> {
    const waiting = this.#waiting.get(kind);
    if (waiting !== undefined) return waiting;
    const asking = ask()
      .catch((error: unknown): ListingFault => ({
        kind,
        code: 'enumeration-failed',
        message: `The ${words} cannot be listed: ${error instanceof Error ? error.message : String(error)}.`,
        toDo: 'Look again; if it stays so, restart Exocortex.',
      }))
      .finally(() => this.#waiting.delete(kind));
    this.#waiting.set(kind, asking);
    return asking;
  }
}
