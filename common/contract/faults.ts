// Every fault that latches and disarms, with its words and what to do; used in every process.

export const faultCodes = [
  'late-tick',
  'late-ticks',
  'samples-lost',
  'source-stalled',
  'source-closed',
  'source-frozen',
  'simulation-closed',
  'simulation-stalled',
  'simulation-fault',
  'recorder-full',
  'recorder-closed',
  'recorder-slow',
  'lease-lost',
  'watchdog-stop',
  'watchdog-silent',
  'rig-thread-ended',
  'wrong-acknowledgement',
  'no-acknowledgement',
  'device-refused',
  'unexpected-output',
  'refusals',
  'stop-unconfirmed',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** The world failed. It latches: only the operator clears it. */
export interface Fault {
  readonly code: FaultCode;
  /** What happened, to what, with numbers. */
  readonly message: string;
  /** The measured value against its bound, both in `unit`. */
  readonly value?: number;
  readonly bound?: number;
  readonly unit?: string;
  readonly electrode?: number;
}

/** What a person reads on the trip card: a title and what to do. */
export const faultWords: Record<FaultCode, { title: string; toDo: string }> = {
  'late-tick': {
    title: 'The loop was too late',
    toDo: 'Close other programs on this computer, then acknowledge and arm again.',
  },
  'late-ticks': {
    title: 'The loop was late too often',
    toDo: 'Close other programs on this computer or use a smaller network, then acknowledge and arm again.',
  },
  'samples-lost': {
    title: 'Samples were lost',
    toDo: 'Check the cable and the load of this computer. The gap is marked in the recording.',
  },
  'source-stalled': { title: 'The source sends no data', toDo: 'Check the device and its cable, then connect again.' },
  'source-closed': { title: 'The source is gone', toDo: 'Check the device and its cable, then connect again.' },
  'source-frozen': { title: 'The source repeats the same values', toDo: 'Restart the device, then connect again.' },
  'simulation-closed': {
    title: 'The simulation ended',
    toDo: 'Connect again to start it anew. The recording is kept.',
  },
  'simulation-stalled': {
    title: 'The simulation does not answer',
    toDo: 'Use a smaller network or a faster computer, then connect again.',
  },
  'simulation-fault': {
    title: 'The simulation reported a fault',
    toDo: 'Read the message; correct the network model before the next session.',
  },
  'recorder-full': {
    title: 'The recorder cannot keep up',
    toDo: 'Free the disk or choose a faster one, then start a new session.',
  },
  'recorder-closed': {
    title: 'The recorder ended',
    toDo: 'Check free space and rights of the session folder, then start a new session.',
  },
  'recorder-slow': { title: 'The recorder was too slow', toDo: 'Choose a faster disk, then start a new session.' },
  'lease-lost': {
    title: 'The stimulator turned itself off',
    toDo: 'The program did not renew its lease in time. Check the load of this computer.',
  },
  'watchdog-stop': {
    title: 'The watchdog stopped stimulation',
    toDo: 'No tick of the loop was completed in time: check the source and the load of this computer, then acknowledge and arm again.',
  },
  'watchdog-silent': { title: 'The watchdog does not answer', toDo: 'Restart Exocortex.' },
  'rig-thread-ended': {
    title: 'The rig thread ended',
    toDo: 'Restart Exocortex. The recording up to this moment is kept.',
  },
  'wrong-acknowledgement': {
    title: 'The stimulator acknowledged another pulse',
    toDo: 'Do not use this stimulator before it has been checked.',
  },
  'no-acknowledgement': { title: 'The stimulator did not acknowledge', toDo: 'Check the stimulator and its cable.' },
  'device-refused': {
    title: 'The stimulator refused a pulse',
    toDo: 'Compare the limit profile with the limits of the device.',
  },
  'unexpected-output': {
    title: 'Output was on without permission',
    toDo: 'Disconnect the stimulator from the tissue and have it checked.',
  },
  refusals: {
    title: 'Too many refused requests',
    toDo: 'The controller asks for more than the limits allow. Correct the experiment.',
  },
  'stop-unconfirmed': {
    title: 'The stimulator did not confirm that it is off',
    toDo: 'Disconnect the stimulator from the tissue now.',
  },
};
