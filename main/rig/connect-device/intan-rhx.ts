// Connects an Intan controller behind RHX, which records and stimulates nothing. Rig thread.
import type { RhxSource } from '../../../common/experiment/rhx-source.ts';
import { AbsentStimulator } from '../hardware/absent-stimulator.ts';
import { RhxError, rhxProblemWords } from '../hardware/rhx/rhx-problem.ts';
import { connectRhxReader } from '../hardware/rhx/rhx-reader.ts';
import { readerThreadIn } from '../hardware/start-reader-thread.ts';
import { ConnectionRefusal, type ConnectSource } from './device-connecting.ts';

export const connectIntanRhx: ConnectSource<RhxSource> = async (source, { checked, programsFolder, owner }) => {
  const { tickMilliseconds } = checked.experiment;
  const startReader = readerThreadIn(programsFolder, 'rhx-reader-thread');
  try {
    const reader = await connectRhxReader({ source, tickMilliseconds, startReader });
    return { reader: owner.add(reader), writer: owner.add(new AbsentStimulator()) };
  } catch (error) {
    throw withClicks(error);
  }
};

/** What a person reads of a step that RHX made impossible. */
export function withClicks(error: unknown): unknown {
  return error instanceof RhxError ? ConnectionRefusal.of(error, rhxProblemWords[error.problem.code]) : error;
}
