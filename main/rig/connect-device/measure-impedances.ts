// Measures the impedances of a source's electrodes, where it can do that by itself. Rig thread.
import type { SourceImpedances } from '../../../common/contract/source-impedances.ts';
import type { Source } from '../../../common/experiment/source.ts';
import { measureImpedances } from '../hardware/rhx/measure-impedances.ts';
import { ConnectionRefusal } from './device-connecting.ts';
import { withClicks } from './intan-rhx.ts';

/** @throws Error with a sentence for the operator */
export async function measureSourceImpedances(source: Source): Promise<SourceImpedances> {
  if (source.kind !== 'intan-rhx')
    throw new ConnectionRefusal(
      'this source does not measure its electrodes by itself',
      'Its stimulator measures them when it is armed.',
    );
  try {
    return await measureImpedances(source);
  } catch (error) {
    throw withClicks(error);
  }
}
