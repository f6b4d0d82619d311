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
} as const;

const words = 16;

/** The words over memory that all threads share. */
export type ControlBlock = Int32Array<SharedArrayBuffer>;

/** New shared memory with all words zero. */
export function createControlBlock(): ControlBlock {
  return new Int32Array(new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT));
}

/** Values of `recorderState`. */
export const recorderState = { none: 0, open: 1, failed: 2 } as const;

/** Raises the stop request from any thread and wakes the watchdog at once. */
export function requestStop(control: ControlBlock): void {
  Atomics.add(control, controlWord.stopRequests, 1);
  Atomics.notify(control, controlWord.stopRequests);
}
