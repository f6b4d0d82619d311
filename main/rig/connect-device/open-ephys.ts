// Connects the Open Ephys GUI, which records and stimulates nothing. Rig thread.
import { randomUUID } from 'node:crypto';
import type { OpenEphysSource } from '../../../common/experiment/open-ephys-source.ts';
import type { SyncWire } from '../../../common/experiment/stimulator.ts';
import { AbsentStimulator } from '../hardware/absent-stimulator.ts';
import { OpenEphysError, openEphysProblemWords } from '../hardware/open-ephys/open-ephys-problem.ts';
import { connectOpenEphysReader, type OpenEphysReader } from '../hardware/open-ephys/open-ephys-reader.ts';
import { readerThreadIn } from '../hardware/start-reader-thread.ts';
import { ConnectionRefusal, type ConnectSource, type DeviceConnecting } from './device-connecting.ts';

export const connectOpenEphys: ConnectSource<OpenEphysSource> = async (source, connecting) => {
  const reader = await readOpenEphys(source, connecting);
  const writer = connecting.owner.add(new AbsentStimulator());
  return { reader, writer, digitalInputs: reader.onDigitalInputs };
};

/** @param sync channel that sees the sync pulses of a stimulator beside it */
export async function readOpenEphys(
  source: OpenEphysSource,
  { checked, programsFolder, owner }: DeviceConnecting,
  sync?: SyncWire,
): Promise<OpenEphysReader> {
  const { tickMilliseconds } = checked.experiment;
  const startReader = readerThreadIn(programsFolder, 'open-ephys-reader-thread');
  const watched = sync === undefined ? {} : { sync };
  try {
    const options = { source, tickMilliseconds, uuid: randomUUID(), startReader, ...watched };
    return owner.add(await connectOpenEphysReader(options));
  } catch (error) {
    if (!(error instanceof OpenEphysError)) throw error;
    throw ConnectionRefusal.of(error, openEphysProblemWords[error.problem.code]);
  }
}
