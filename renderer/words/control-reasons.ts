// Why a control of a run cannot be used now, in words. Runs in the page; the core decides all the same.
import type { ExperimentEntry } from '../../common/contract/commands.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';

export type RunControl = 'connect' | 'disconnect' | 'arm' | 'run' | 'end' | 'pulse' | 'mark' | 'tighten';

const notConnected = 'Connect an experiment first.';
const closing = "The session's files are being finished.";

/** @returns '' for a control that can be used, else what stands in its way. `status` is undefined when it is not known. */
export function controlReasons(status: RigStatus | undefined): Record<RunControl, string> {
  if (status === undefined) {
    const unknown = 'The rig has not been heard for a second.';
    return {
      connect: unknown,
      disconnect: unknown,
      arm: unknown,
      run: unknown,
      end: unknown,
      pulse: unknown,
      mark: unknown,
      tighten: unknown,
    };
  }
  const { stage } = status.session;
  const isConnected = stage === 'live' || stage === 'recording';
  const isRecording = stage === 'recording';
  return {
    connect: stage === 'idle' ? '' : stage === 'connecting' ? 'The rig is being connected.' : 'Disconnect first.',
    disconnect:
      stage === 'live' ? '' : isRecording ? 'End the run first.' : stage === 'closing' ? closing : notConnected,
    arm: isConnected ? armReason(status) : stage === 'closing' ? closing : notConnected,
    run: stage === 'live' ? '' : isRecording ? 'A run is on.' : stage === 'closing' ? closing : notConnected,
    end: isRecording ? '' : 'No run is on.',
    pulse: pulseReason(status),
    mark: isRecording ? '' : 'Marks are written into a recording: start a run first.',
    tighten: isConnected ? '' : notConnected,
  };
}

function pulseReason({ interlock: { state, presence } }: RigStatus): string {
  if (state !== 'armed' && state !== 'stimulating') return 'Arm the rig first.';
  return presence.isDeadMan && !presence.isHeld ? 'Hold the presence control: the stimulator has no lease.' : '';
}

function armReason({ interlock, source }: RigStatus): string {
  switch (interlock.state) {
    case 'safe':
      return source.noiseMicrovolts.length === 0 ? 'The noise of the electrodes is being estimated.' : '';
    case 'check':
    case 'prearmed':
      return 'Arming has begun.';
    case 'armed':
    case 'stimulating':
      return 'The rig is armed.';
    case 'stopping':
      return 'The output is being turned off.';
    case 'tripped':
      return 'Name the cause of the trip and reset first.';
    case 'fault':
      return 'The rig has a fault that only a restart clears.';
  }
}

/**
 * Why a check of the rig page cannot be made now; '' when it can.
 * @param chosen source of the experiment that is chosen while nothing is connected
 */
export function checkReasons(
  status: RigStatus | undefined,
  chosen: ExperimentEntry['sourceKind'] | undefined,
): Record<'impedances' | 'loopBack', string> {
  if (status === undefined) {
    const unknown = 'The rig has not been heard for a second.';
    return { impedances: unknown, loopBack: unknown };
  }
  const { stage } = status.session;
  if (stage === 'idle')
    return {
      impedances:
        chosen === 'intan-rhx'
          ? ''
          : 'Connect an experiment with a stimulator, which measures its electrodes; or choose one on an Intan controller in Design, which measures them while it is not connected.',
      loopBack: notConnected,
    };
  const both = (why: string) => ({ impedances: why, loopBack: why });
  if (stage === 'connecting') return both('The rig is being connected.');
  if (stage === 'closing') return both(closing);
  if (!status.interlock.hasStimulator)
    return {
      impedances:
        status.source.kind === 'intan-rhx'
          ? 'Disconnect first: RHX measures only while it does not acquire.'
          : 'This source does not measure its electrodes: measure them in its own program.',
      loopBack: 'Nothing is connected that stimulates: this experiment only records.',
    };
  if (stage === 'recording') return both('End the run first: what is tested would be in its samples.');
  switch (status.interlock.state) {
    case 'safe':
      return both('');
    case 'tripped':
    case 'fault':
      return both('Name the cause of the trip and reset first.');
    default:
      return both('Turn the output off first.');
  }
}
