// Measures the impedances of an experiment's electrodes through RHX, which can only write them to a file; runs in the rig thread.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceImpedances } from '../../../../common/contract/source-impedances.ts';
import { rhxElectrodes, type RhxSource } from '../../../../common/experiment/rhx-source.ts';
import { RhxController, type RhxTimes, rhxTimes } from './controller.ts';
import { type ImpedanceFile, readImpedanceFile } from './impedance-file.ts';
import { RhxError } from './rhx-problem.ts';
import { checkController } from './verify-controller.ts';

const fileName = 'impedances';

/**
 * Connects, measures all channels, reads RHX's file and lets RHX go; somebody must click Connect in it after that.
 * @throws RhxError with what to click
 */
export async function measureImpedances(source: RhxSource, times: RhxTimes = rhxTimes): Promise<SourceImpedances> {
  if (!source.host.startsWith('127.'))
    throw new RhxError('file-out-of-reach', `RHX at ${source.host} writes its file on its own computer`);
  const folder = await mkdtemp(join(tmpdir(), 'exocortex-impedances-'));
  try {
    if (/\s/.test(folder)) throw new RhxError('file-out-of-reach', `the folder '${folder}' has a blank in its name`);
    return valuesOf(await measuredBy(source, folder, times), source);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measuredBy(source: RhxSource, folder: string, times: RhxTimes): Promise<ImpedanceFile> {
  const controller = await RhxController.connect(source.host, source.commandPort, times);
  try {
    checkController(controller.description, source);
    const runMode = await controller.commands.getRunMode();
    if (runMode !== 'Stop') throw new RhxError('already-running', `RHX says RunMode ${runMode}`);
    await controller.measureImpedances(folder, fileName);
  } finally {
    controller.dispose();
  }
  const text = await readFile(join(folder, `${fileName}.csv`), 'utf8').catch(() => undefined);
  const file = text === undefined ? undefined : readImpedanceFile(text);
  if (file === undefined)
    throw new RhxError('file-out-of-reach', `RHX has written no file of impedances that can be read into ${folder}`);
  return file;
}

function valuesOf({ frequencyHz, electrodes }: ImpedanceFile, source: RhxSource): SourceImpedances {
  const byChannel = new Map(electrodes.map((each) => [each.channel, each]));
  return {
    frequencyHz,
    electrodes: rhxElectrodes(source).map((channel, electrode) => {
      const found = byChannel.get(channel);
      if (found === undefined) throw new RhxError('unknown-parameter', `RHX has measured no impedance of ${channel}`);
      return { electrode, channel, ohms: found.ohms, degrees: found.degrees };
    }),
  };
}
