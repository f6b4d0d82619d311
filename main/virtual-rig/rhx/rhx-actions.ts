// The actions of an emulated RHX, `execute …`, with their refusals as RHX 3.4 gives them; runs in the virtual RHX.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataOutput } from './data-output.ts';
import { impedanceFile } from './impedance-values.ts';
import type { RhxFaults } from './rhx-faults.ts';
import type { RhxSettings } from './rhx-settings.ts';
import type { StimMemory } from './stim-memory.ts';

const known = new Set([
  'clearalldataoutputs',
  'connecttcpwaveformdataoutput',
  'disconnecttcpwaveformdataoutput',
  'connecttcpspikedataoutput',
  'disconnecttcpspikedataoutput',
  'rescanports',
  'measureimpedance',
  'saveimpedance',
  'setspikedetectionthresholds',
  'uploadbandwidthsettings',
  'uploadampsettlesettings',
  'uploadchargerecoverysettings',
  'uploadstimparameters',
  'manualstimtriggeron',
  'manualstimtriggeroff',
  'manualstimtriggerpulse',
]);
const needArgument = /^manualstimtrigger/;
/** By its own name, as it refuses while running. */
const refusedWhileRunning: Record<string, string> = {
  rescanports: 'RescanPorts',
  measureimpedance: 'MeasureImpedance',
  setspikedetectionthresholds: 'SetSpikeDetectionThresholds',
  uploadbandwidthsettings: 'UploadBandwidthSettings',
  uploadampsettlesettings: 'UploadAmpSettleSettings',
  uploadchargerecoverysettings: 'UploadChargeRecoverySettings',
};

export interface ActedOn {
  readonly settings: RhxSettings;
  readonly faults: RhxFaults;
  readonly waveform: DataOutput;
  readonly spike: DataOutput;
  readonly stim: StimMemory;
}

/** @param action, argument in lower case @returns RHX's refusal; undefined: it is done, which RHX does not say */
export function act(
  parts: ActedOn,
  action: string,
  argument: string | undefined,
  isRunning: boolean,
): string | undefined {
  if (!known.has(action) || (needArgument.test(action) && argument === undefined)) return 'Unrecognized action';
  const refusal = refusedWhileRunning[action];
  if (refusal !== undefined && isRunning) return `${refusal} cannot be executed while the board is running`;
  const { settings, waveform, spike, stim } = parts;
  const listen = (output: DataOutput, kind: 'Waveform' | 'Spike') => {
    const parameter = `TCP${kind}DataOutputPort`;
    output.listen(Number(settings.valueOf(parameter)), (port) => settings.force(parameter, String(port)));
  };
  switch (action) {
    case 'clearalldataoutputs':
      settings.clearOutputs();
      return undefined;
    case 'connecttcpwaveformdataoutput':
      listen(waveform, 'Waveform');
      return undefined;
    case 'connecttcpspikedataoutput':
      listen(spike, 'Spike');
      return undefined;
    case 'disconnecttcpwaveformdataoutput':
      waveform.disconnect();
      return undefined;
    case 'disconnecttcpspikedataoutput':
      spike.disconnect();
      return undefined;
    case 'measureimpedance':
      settings.force('ImpedancesHaveBeenMeasured', 'True');
      return undefined;
    case 'saveimpedance':
      if (parts.faults.isUnsaved !== true) saveImpedances(settings);
      return undefined;
    case 'uploadstimparameters':
      if (isRunning && argument === undefined && settings.controller.isStimulator)
        return 'UploadStimParameters cannot be executed while the board is running';
      if (argument !== undefined) stim.upload(argument);
      return undefined;
    case 'manualstimtriggerpulse':
      if (isRunning && argument !== undefined) stim.trigger(argument);
  }
  return undefined;
}

function saveImpedances(settings: RhxSettings): void {
  const folder = settings.valueOf('ImpedanceFilename.path');
  const name = settings.valueOf('ImpedanceFilename.basefilename');
  if (folder !== '' && name !== '')
    writeFileSync(join(folder, `${name}.csv`), impedanceFile(settings.controller.amplifiers));
}
