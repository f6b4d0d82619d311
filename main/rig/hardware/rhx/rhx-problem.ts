// What can be wrong with RHX, each with what a technician has to click in it; runs in the rig thread and the RHX reader thread.

export const rhxProblemCodes = [
  'not-a-literal-address',
  'not-listening',
  'unreachable',
  'command-closed',
  'no-answer',
  'answer-not-understood',
  'unknown-parameter',
  'setting-not-taken',
  'refused',
  'forbidden',
  'already-running',
  'not-running',
  'did-not-start',
  'did-not-stop',
  'stopped-by-itself',
  'frozen-timestamp',
  'lag',
  'lag-too-long',
  'silence',
  'slow-clock',
  'too-many-words',
  'no-channels',
  'another-controller',
  'channel-disabled',
  'data-port-closed',
  'layout-changed',
  'damaged-stream',
  'own-backlog',
  'not-a-stimulator',
  'step-size-changed',
  'stimulus-out-of-range',
  'stimulus-unbalanced',
  'without-lease',
  'trigger-late',
  'stimulus-left-behind',
  'upload-not-finished',
  'file-out-of-reach',
] as const;
export type RhxProblemCode = (typeof rhxProblemCodes)[number];

/** One finding. `message` says what happened, with numbers; the words below say what to do. */
export interface RhxProblem {
  readonly code: RhxProblemCode;
  readonly message: string;
}

/** A step that RHX made impossible. */
export class RhxError extends Error {
  override readonly name = 'RhxError';
  readonly problem: RhxProblem;

  constructor(code: RhxProblemCode, message: string) {
    super(message);
    this.problem = { code, message };
  }
}

const connectAgain = 'In RHX choose Network → Remote TCP Control and click Connect, then connect here again.';
const lessData = 'Choose fewer channels or bands, or close other programs on the computer that runs RHX.';
const closeBox = 'Close the message box in RHX, then stop and run again.';

/** What a person reads: a title, and which clicks in RHX cure it. */
export const rhxProblemWords: Record<RhxProblemCode, { title: string; toDo: string }> = {
  'not-a-literal-address': {
    title: 'The address of RHX is not a number address',
    toDo: 'Write it as four numbers such as 127.0.0.1: given a name, RHX would listen to the whole network without a password.',
  },
  'not-listening': { title: 'RHX does not listen', toDo: connectAgain },
  unreachable: {
    title: 'RHX cannot be reached',
    toDo: 'Check that RHX runs, its address and port under Network → Remote TCP Control, and the firewall between both computers.',
  },
  'command-closed': {
    title: 'RHX closed the command connection',
    toDo: `RHX ended, or another program took its place. Start RHX again if it is gone. ${connectAgain}`,
  },
  'no-answer': {
    title: 'RHX does not answer',
    toDo: 'Close message boxes in RHX and other programs on its computer; if it stays, restart RHX.',
  },
  'answer-not-understood': {
    title: 'RHX answered something else',
    toDo: 'Check under Help → About that this is RHX 3.4, and that no other program sends it commands.',
  },
  'unknown-parameter': {
    title: 'RHX does not know a setting or channel',
    toDo: 'Check in RHX that the headstage is plugged in (Rescan Ports), and that the controller is the one that the experiment names.',
  },
  'setting-not-taken': {
    title: 'RHX did not take a setting',
    toDo: 'Click Stop in RHX and close its dialogs, then connect here again. Leave the Network tab alone meanwhile.',
  },
  refused: { title: 'RHX refused a command', toDo: 'Read its answer; click Stop in RHX, then try again.' },
  forbidden: {
    title: 'This command is never sent to RHX',
    toDo: 'Set it in RHX before the session, at the start of RHX where the stimulation step is concerned.',
  },
  'already-running': {
    title: 'RHX is running already',
    toDo: 'Click Stop in RHX when nobody needs its recording any more, then connect here again.',
  },
  'not-running': {
    title: 'RHX does not run',
    toDo: 'Start acquisition here; do not use Run and Stop in RHX meanwhile.',
  },
  'did-not-start': {
    title: 'RHX did not begin to send',
    toDo: 'Click Stop in RHX, wait for its uploads to end, then start here again.',
  },
  'did-not-stop': { title: 'RHX did not stop', toDo: 'Click Stop in RHX.' },
  'stopped-by-itself': {
    title: 'RHX stopped by itself',
    toDo: `Its computer or a reader of its data was too slow, or somebody clicked Stop. ${closeBox} ${lessData}`,
  },
  'frozen-timestamp': {
    title: 'RHX says that it runs, but does not',
    toDo: 'An upload was going on when it was started. Click Stop in RHX, wait, then start here again.',
  },
  lag: { title: 'RHX sends late', toDo: lessData },
  'lag-too-long': {
    title: 'RHX is too late and will stop by itself',
    toDo: `RHX stops everything, its own recording too, when it is about 40 s late. ${lessData}`,
  },
  silence: {
    title: 'RHX sends no data',
    toDo: 'Look whether RHX shows a message box or a frozen window; check the USB cable.',
  },
  'slow-clock': {
    title: 'RHX samples at another rate than it says',
    toDo: 'With the demo the computer is too slow. With a controller, check its sample rate at the start of RHX.',
  },
  'too-many-words': {
    title: 'More data than RHX can send',
    toDo: 'Choose fewer channels or bands, or a lower sample rate.',
  },
  'no-channels': {
    title: 'RHX sees no channels',
    toDo: 'Plug the headstage in and click Rescan Ports in RHX, then connect here again.',
  },
  'another-controller': {
    title: 'This is another controller than the experiment names',
    toDo: 'Start RHX with the controller and the sample rate of the experiment, plug its headstages in and click Rescan Ports; or correct the source of the experiment.',
  },
  'channel-disabled': {
    title: 'A channel is switched off in RHX',
    toDo: 'Select the channel in RHX and tick Enable, or leave it out of the experiment; then connect here again.',
  },
  'data-port-closed': {
    title: 'RHX closed its data port',
    toDo: 'Under Network → Data Output nothing may be changed while Exocortex is connected. Connect here again.',
  },
  'layout-changed': {
    title: 'The channels changed during the run',
    toDo: 'Somebody changed Network → Data Output in RHX. Leave that tab alone, then stop and start here again.',
  },
  'damaged-stream': {
    title: 'The data of RHX could not be read',
    toDo: 'Stop and start here again. If it comes back, check the network between both computers.',
  },
  'own-backlog': {
    title: 'This program read too slowly',
    toDo: 'Samples were dropped here so that RHX goes on. Close other programs on this computer.',
  },
  'not-a-stimulator': {
    title: 'This controller cannot stimulate',
    toDo: 'Start RHX with an RHS Stim/Recording Controller.',
  },
  'step-size-changed': {
    title: 'The stimulation step size is another one than at the start',
    toDo: 'Currents would be wrong. Restart RHX with the step size that the experiment needs.',
  },
  'stimulus-out-of-range': {
    title: 'A stimulus does not fit the stimulator',
    toDo: 'Choose an amplitude within 255 steps and durations of whole samples, or restart RHX with another step size.',
  },
  'stimulus-unbalanced': {
    title: 'A stimulus is not charge-balanced',
    toDo: 'Give both phases the same charge: amplitude times duration.',
  },
  'without-lease': {
    title: 'A device without a lease may not do this',
    toDo: 'Use a stimulator with a lease for the closed loop; RHX fires single prepared stimuli while the dead-man is held.',
  },
  'trigger-late': {
    title: 'RHX answered too late for the pulse',
    toDo: 'Nothing was given. Close other programs on the computer of RHX, and give the pulse again.',
  },
  'stimulus-left-behind': {
    title: 'A stimulus is enabled in RHX already',
    toDo: 'Somebody prepared it, or a program that was killed has left it: disable it in RHX (select the channel, Stim Params, uncheck Enable, upload), or restart RHX; then connect again.',
  },
  'file-out-of-reach': {
    title: 'The file of RHX cannot be read',
    toDo: 'RHX tells impedances in a file only: run it on this computer, and let temporary files lie in a folder without blanks in its name.',
  },
  'upload-not-finished': {
    title: 'The stimulus did not reach the controller',
    toDo: 'Look whether RHX shows a message box; close it, then upload again.',
  },
};

/** What a person reads of a finding: what it is, what happened and which clicks cure it. */
export function rhxProblemSentence({ code, message }: RhxProblem): string {
  const { title, toDo } = rhxProblemWords[code];
  return `${title}: ${message}. ${toDo}`;
}
