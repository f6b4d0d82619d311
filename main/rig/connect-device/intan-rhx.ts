// Connects an Intan controller behind RHX, which records and stimulates nothing. Rig thread.
import type { RhxSource } from '../../../common/experiment/rhx-source.ts';
import { AbsentStimulator } from '../hardware/absent-stimulator.ts';
import { RhxError, rhxProblemWords } from '../hardware/rhx/rhx-problem.ts';
import { connectRhxReader, type RhxReader, type RhxReaderOptions } from '../hardware/rhx/rhx-reader.ts';
import { readerThreadIn } from '../hardware/start-reader-thread.ts';
import { ConnectionRefusal, type ConnectSource, type DeviceConnecting } from './device-connecting.ts';

export const connectIntanRhx: ConnectSource<RhxSource> = async (source, connecting) => {
  const reader = await readIntanRhx(source, connecting);
  const writer = connecting.owner.add(new AbsentStimulator());
  return { reader, writer, digitalInputs: reader.onDigitalInputs };
};

/** @param watched what is read beside the electrodes: an input that sees sync pulses, or what the controller gives */
export async function readIntanRhx(
  source: RhxSource,
  { checked, programsFolder, owner }: DeviceConnecting,
  watched: Pick<RhxReaderOptions, 'sync' | 'stimulated'> = {},
): Promise<RhxReader> {
  const { tickMilliseconds, digitalInputs } = checked.experiment;
  const hasDigitalInputs = digitalInputs.length > 0;
  const startReader = readerThreadIn(programsFolder, 'rhx-reader-thread');
  try {
    return owner.add(await connectRhxReader({ source, tickMilliseconds, startReader, hasDigitalInputs, ...watched }));
  } catch (error) {
    throw withClicks(error);
  }
}

/** What a person reads of a step that RHX made impossible. */
export function withClicks(error: unknown): unknown {
  return error instanceof RhxError ? ConnectionRefusal.of(error, rhxProblemWords[error.problem.code]) : error;
}
