// Words of shared memory by which the threads of the main process watch each other without messages.

/** Meaning of each 32-bit word. Counters wrap; only their change counts. */
export const controlWord = {
  /** Counts completed work of the rig thread: ticks of the loop. The watchdog renews the lease only while it moves. */
  rigBeat: 0,
  /** 1 while the rig thread allows the stimulator's lease to be renewed. */
  isLeaseWanted: 1,
  /** Counts stop requests; anybody may raise it. */
  stopRequests: 2,
  /** Counts rounds of the watchdog thread. */
  watchdogBeat: 3,
  /** Counts stops that the watchdog sent because the rig thread was late. */
  watchdogStops: 4,
  /** Counts rounds of the recorder thread. */
  recorderBeat: 5,
  /** 0 none, 1 a journal is open, 2 writing failed. */
  recorderState: 6,
  /** Counts turns of the rig thread's event loop: it lives, whether or not a source gives it work. */
  rigTurns: 7,
  /** Index of the interlock's state in `interlockStates`; written by the rig thread before it acts on a change. */
  interlockState: 8,
  /** A number from the watchdog that the rig thread answers by `answerTo` when it has completed a tick. */
  challenge: 9,
  answer: 10,
  /** Raised at each sign of the operator, and while the presence control is held. */
  presence: 11,
  /** Counts rounds of the stop-input thread, and its presses of a stop. */
  stopInputBeat: 12,
  emergencyStops: 13,
  /** 0 none configured, 1 all there, 2 one of them is missing. */
  stopInputState: 14,
  /** The same of the trigger inputs. */
  triggerInputState: 15,
} as const;

const words = 32;

/** The words over memory that all threads share. */
export type ControlBlock = Int32Array<SharedArrayBuffer>;

/** New shared memory with all words zero. */
export function createControlBlock(): ControlBlock {
  return new Int32Array(new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT));
}

/** Values of `recorderState`. */
export const recorderState = { none: 0, open: 1, failed: 2 } as const;

/** Values of `stopInputState` and `triggerInputState`. */
export const stopInputState = { none: 0, ready: 1, missing: 2 } as const;

/** What the rig thread answers to the watchdog: a beat that nobody computes is not repeated by accident. */
export function answerTo(challenge: number): number {
  return (Math.imul(challenge ^ 0x5bd1e995, 0x01000193) + 1) | 0;
}

/** Raises the stop request from any thread and wakes the watchdog at once. */
export function requestStop(control: ControlBlock): void {
  Atomics.add(control, controlWord.stopRequests, 1);
  Atomics.notify(control, controlWord.stopRequests);
}

/** A stop that a person asked for at a stop input: counted first, so that whoever the stop word wakes finds the cause. */
export function requestEmergencyStop(control: ControlBlock): void {
  Atomics.add(control, controlWord.emergencyStops, 1);
  requestStop(control);
}
