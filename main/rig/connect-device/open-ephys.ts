// Connects the Open Ephys GUI, which records and stimulates nothing. Rig thread.
import { randomUUID } from 'node:crypto';
import type { OpenEphysSource } from '../../../common/experiment/open-ephys-source.ts';
import { AbsentStimulator } from '../hardware/absent-stimulator.ts';
import { OpenEphysError, openEphysProblemWords } from '../hardware/open-ephys/open-ephys-problem.ts';
import { connectOpenEphysReader } from '../hardware/open-ephys/open-ephys-reader.ts';
import { readerThreadIn } from '../hardware/start-reader-thread.ts';
import { ConnectionRefusal, type ConnectSource } from './device-connecting.ts';

export const connectOpenEphys: ConnectSource<OpenEphysSource> = async (source, { checked, programsFolder, owner }) => {
  const { tickMilliseconds } = checked.experiment;
  const startReader = readerThreadIn(programsFolder, 'open-ephys-reader-thread');
  try {
    const reader = await connectOpenEphysReader({ source, tickMilliseconds, uuid: randomUUID(), startReader });
    return { reader: owner.add(reader), writer: owner.add(new AbsentStimulator()) };
  } catch (error) {
    if (!(error instanceof OpenEphysError)) throw error;
    throw ConnectionRefusal.of(error, openEphysProblemWords[error.problem.code]);
  }
};
