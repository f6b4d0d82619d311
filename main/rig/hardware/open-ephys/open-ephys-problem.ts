// What can be wrong with the Open Ephys GUI, each with what a technician has to do about it; runs in the rig thread and its reader thread.

export const openEphysProblemCodes = [
  'not-a-literal-address',
  'not-listening',
  'unreachable',
  'not-zeromq',
  'port-closed',
  'no-answer',
  'answer-not-understood',
  'refused',
  'did-not-start',
  'did-not-stop',
  'not-recording',
  'no-blocks',
  'other-stream',
  'another-layout',
  'too-many-values',
  'layout-changed',
  'rate-changed',
  'run-restarted',
  'messages-lost',
  'repeated-messages',
  'damaged-message',
  'silence',
  'slow-clock',
  'own-backlog',
  'clipped',
  'no-heartbeat-answer',
  'text-is-a-command',
  'not-whole-text',
  'no-such-line',
] as const;
export type OpenEphysProblemCode = (typeof openEphysProblemCodes)[number];

/** One finding. `message` says what happened, with numbers; the words below say what to do. */
export interface OpenEphysProblem {
  readonly code: OpenEphysProblemCode;
  readonly message: string;
}

/** A step that the GUI made impossible. */
export class OpenEphysError extends Error {
  override readonly name = 'OpenEphysError';
  readonly problem: OpenEphysProblem;

  constructor(code: OpenEphysProblemCode, message: string) {
    super(message);
    this.problem = { code, message };
  }
}

const leaveAlone = 'Change nothing in the signal chain while Exocortex is connected; then connect here again.';
const lessData = 'Choose fewer channels in the ZMQ Interface, or close other programs.';

/** What a person reads: a title, and what cures it. */
export const openEphysProblemWords: Record<OpenEphysProblemCode, { title: string; toDo: string }> = {
  'not-a-literal-address': {
    title: 'The address of the Open Ephys GUI is not a number address',
    toDo: 'Write it as four numbers such as 127.0.0.1.',
  },
  'not-listening': {
    title: 'The Open Ephys GUI does not listen',
    toDo: 'Start the GUI, put the plugin into the signal chain, and compare the port that it shows with the one given here.',
  },
  unreachable: {
    title: 'The Open Ephys GUI cannot be reached',
    toDo: 'Check that its computer is on, its address, and the firewall between both computers.',
  },
  'not-zeromq': {
    title: 'Another program or plugin has this port',
    toDo: 'ZMQ Interface and Network Events both begin with port 5556: compare the ports that their editors show with those given here.',
  },
  'port-closed': {
    title: 'The Open Ephys GUI closed the connection',
    toDo: `The GUI ended, or the plugin or its port was changed. ${leaveAlone}`,
  },
  'no-answer': {
    title: 'The Open Ephys GUI does not answer',
    toDo: 'Close message boxes in the GUI; restart it if it stays.',
  },
  'answer-not-understood': {
    title: 'The Open Ephys GUI answered something else',
    toDo: 'Check that this is GUI 1.0 with the plugins named in docs/open-ephys.md, and that the ports are right.',
  },
  refused: {
    title: 'The Open Ephys GUI refused a command',
    toDo: 'Read its answer and the message bar of the GUI, then try again.',
  },
  'did-not-start': {
    title: 'The Open Ephys GUI did not start',
    toDo: 'Read the message bar of the GUI: its source may not be ready, or a Record Node has no folder or space.',
  },
  'did-not-stop': { title: 'The Open Ephys GUI did not stop', toDo: 'Click Stop in the GUI.' },
  'not-recording': {
    title: 'The Open Ephys GUI does not record',
    toDo: 'Put a Record Node into the signal chain and see that its disk has room.',
  },
  'no-blocks': {
    title: 'The ZMQ Interface sends no whole block',
    toDo: 'See that its Stream has a source, that Channels are chosen, and that the GUI acquires.',
  },
  'other-stream': {
    title: 'The ZMQ Interface sends another stream',
    toDo: 'Choose the stream in its editor that the experiment names, or mend the name there.',
  },
  'another-layout': {
    title: 'The ZMQ Interface sends other channels than the experiment names',
    toDo: 'Choose the channels in its editor, or correct the source of the experiment.',
  },
  'too-many-values': { title: 'More data than can be taken over ZeroMQ', toDo: lessData },
  'layout-changed': { title: 'The channels changed during the run', toDo: leaveAlone },
  'rate-changed': { title: 'The sample rate changed during the run', toDo: leaveAlone },
  'run-restarted': {
    title: 'Acquisition was started anew in the GUI',
    toDo: 'Its samples count anew. Leave Play and Stop alone while Exocortex is connected; then connect here again.',
  },
  'messages-lost': {
    title: 'The GUI dropped messages',
    toDo: `Its ZMQ Interface drops what cannot be sent at once, and tells nobody. ${lessData} Use a wired network.`,
  },
  'repeated-messages': {
    title: 'Messages came twice',
    toDo: 'Something between both programs repeats them: connect to the GUI itself.',
  },
  'damaged-message': {
    title: 'Messages of the GUI could not be read',
    toDo: 'Check the version of the ZMQ Interface (docs/open-ephys.md); if it comes and goes, the network.',
  },
  silence: {
    title: 'The GUI sends no data',
    toDo: 'Look whether it shows a message box or a frozen window, whether it still acquires, and at the cables.',
  },
  'slow-clock': {
    title: 'Samples come at another rate than the GUI says',
    toDo: 'Its computer is too slow or a File Reader runs at another speed: look at the CPU meter of the GUI.',
  },
  'own-backlog': {
    title: 'This program read too slowly',
    toDo: 'Samples were dropped here so that the GUI goes on. Close other programs on this computer.',
  },
  clipped: {
    title: 'Values do not fit the resolution of the recording',
    toDo: 'Send electrode channels only, without ADC channels, or give a larger resolution in the experiment.',
  },
  'no-heartbeat-answer': {
    title: 'The ZMQ Interface does not answer heartbeats',
    toDo: 'The GUI may be frozen, or a firewall closes the port behind the data port (data port + 1).',
  },
  'text-is-a-command': {
    title: 'This note would be carried out',
    toDo: 'Network Events takes its first word for a command. Begin it with another word.',
  },
  'not-whole-text': {
    title: 'This text cannot be sent',
    toDo: 'Use one line of at most 1,000 characters, without quotation marks where it is a name.',
  },
  'no-such-line': { title: 'There is no such TTL line', toDo: 'Give a line from 1 to 256.' },
};

/** What a person reads of a finding. */
export function inWords({ code, message }: OpenEphysProblem): string {
  const { title, toDo } = openEphysProblemWords[code];
  return `${title}: ${message}. ${toDo}`;
}
