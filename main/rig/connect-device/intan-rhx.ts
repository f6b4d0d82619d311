// Connects an Intan controller behind RHX, which records and stimulates nothing. Rig thread.
import type { RhxSource } from '../../../common/experiment/rhx-source.ts';
import { AbsentStimulator } from '../hardware/absent-stimulator.ts';
import { RhxError, rhxProblemWords } from '../hardware/rhx/rhx-problem.ts';
import { connectRhxReader } from '../hardware/rhx/rhx-reader.ts';
import { readerThreadIn } from '../hardware/rhx/start-reader-thread.ts';
import { ConnectionRefusal, type ConnectSource } from './device-connecting.ts';

export const connectIntanRhx: ConnectSource<RhxSource> = async (source, { checked, programsFolder, owner }) => {
  const { tickMilliseconds } = checked.experiment;
  try {
    const reader = await connectRhxReader({ source, tickMilliseconds, startReader: readerThreadIn(programsFolder) });
    return { reader: owner.add(reader), writer: owner.add(new AbsentStimulator()) };
  } catch (error) {
    if (!(error instanceof RhxError)) throw error;
    const { title, toDo } = rhxProblemWords[error.problem.code];
    throw new ConnectionRefusal(`${title}: ${error.message}`, toDo);
  }
};
