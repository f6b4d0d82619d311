// Every fault that latches and disarms, with its words and what to do; used in every process.
import type { HidFaultCode } from './hid-rigs.ts';

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
  'emergency-stop',
  'imbalance',
  'direct-current',
  'residual-voltage',
  'compliance',
  'wrong-delivery',
  'over-temperature',
  'device-rebooted',
  'device-silent',
  'device-changed',
  'bad-frames',
  'clock-drift',
  'clock-step',
  'sync-lost',
  'operator-absent',
  'page-gone',
  'stop-input-lost',
  'seizure-like',
  'after-discharge',
  'runaway-tissue',
  'runaway-population',
  'weights-out-of-bounds',
  'not-finite',
  'watchdog-state',
  'unclean-exit',
  'late-pulse',
  'integrity',
  'audit-failed',
  'dose-ledger',
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
  /** What it was on the line to a HID rig. */
  readonly line?: HidFaultCode;
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
  'emergency-stop': {
    title: 'Emergency stop',
    toDo: 'See to the preparation. Release the emergency stop, then acknowledge and reset.',
  },
  imbalance: {
    title: 'Delivered pulses were not balanced',
    toDo: 'Do not use this stimulator before it has been checked: unbalanced charge corrodes electrodes and harms tissue.',
  },
  'direct-current': {
    title: 'Direct current through an electrode',
    toDo: 'Do not use this electrode before stimulator and cable have been checked.',
  },
  'residual-voltage': {
    title: 'An electrode was polarised before its pulse',
    toDo: 'Leave the electrode shorted until it has no voltage. Do not use it before stimulator and cable have been checked: a voltage that stays corrodes electrodes and harms tissue.',
  },
  compliance: {
    title: 'The stimulator ran out of voltage',
    toDo: 'Measure the electrode’s impedance; it is too high for this amplitude.',
  },
  'wrong-delivery': {
    title: 'Another pulse was delivered than was asked',
    toDo: 'Do not use this stimulator before its scale, polarity and calibration have been checked.',
  },
  'over-temperature': { title: 'The stimulator is too warm', toDo: 'Let it cool; check that its vents are free.' },
  'device-rebooted': {
    title: 'The stimulator restarted by itself',
    toDo: 'Check its supply and cable, then connect again.',
  },
  'device-silent': {
    title: 'The stimulator says nothing',
    toDo: 'Check the stimulator and its cable, then connect again.',
  },
  'device-changed': {
    title: 'The stimulator’s own limits changed',
    toDo: 'Find out who changed them. Connect again, read the summary, then arm.',
  },
  'bad-frames': {
    title: 'Damaged or forged messages',
    toDo: 'Check cable and hub. If the count names forged messages, another program tries to control the stimulator.',
  },
  'clock-drift': {
    title: 'The clocks of stimulator and computer drift apart',
    toDo: 'Restart the stimulator; if it stays, have its clock checked.',
  },
  'clock-step': {
    title: 'A clock jumped',
    toDo: 'The computer slept or was paused: switch its energy saving off, then acknowledge and arm again.',
  },
  'sync-lost': {
    title: 'The clocks of source and stimulator are not aligned any more',
    toDo: 'Check the wire between the board’s sync output and the source’s input, wait ten seconds, then acknowledge and arm again.',
  },
  'operator-absent': {
    title: 'No sign of the operator',
    toDo: 'Stay at the rig while it stimulates, and confirm your presence when asked.',
  },
  'page-gone': {
    title: 'Nobody could see the rig',
    toDo: 'Keep the page open and visible while the rig stimulates.',
  },
  'stop-input-lost': {
    title: 'The stop pedal or key is gone',
    toDo: 'Plug it in again and connect anew, or remove it from the station’s settings.',
  },
  'seizure-like': {
    title: 'Seizure-like activity',
    toDo: 'Look at the preparation and call the person responsible for it. Do not stimulate for five minutes.',
  },
  'after-discharge': {
    title: 'Activity went on after stimulation',
    toDo: 'Look at the traces. Do not stimulate for five minutes, then begin with a lower amplitude.',
  },
  'runaway-tissue': {
    title: 'The tissue bursts more and more',
    toDo: 'Look at the traces. Do not stimulate for five minutes; check the blanking of artefacts and lower the rate.',
  },
  'runaway-population': {
    title: 'The simulated population runs away',
    toDo: 'Lower its input or its learning rate before the next session.',
  },
  'weights-out-of-bounds': {
    title: 'Weights left their bounds',
    toDo: 'Correct the learning rule or its bounds before the next session.',
  },
  'not-finite': {
    title: 'The simulation answered with numbers that are none',
    toDo: 'Correct the network model; its state is lost, so connect again.',
  },
  'watchdog-state': {
    title: 'The watchdog found the rig in a wrong state',
    toDo: 'Restart Exocortex, and report this: it is a defect.',
  },
  'unclean-exit': {
    title: 'The program ended while the rig was in use',
    toDo: 'Look at the preparation and at the last session, then acknowledge, connect and reset.',
  },
  'late-pulse': {
    title: 'A pulse began after the stop',
    toDo: 'Disconnect the stimulator from the tissue. It does not obey its lease: do not use it again.',
  },
  integrity: { title: 'Limits in memory were changed', toDo: 'Restart Exocortex, and have this computer checked.' },
  'audit-failed': {
    title: 'The audit log cannot be written',
    toDo: 'Check free space and rights of the station’s folder, then restart Exocortex.',
  },
  'dose-ledger': {
    title: 'The dose ledger cannot be written',
    toDo: 'Check free space and rights of the station’s folder, then restart Exocortex.',
  },
};
