// Over which delays a spiking network learns to remember: one network for each delay; analysis process.
import { delayedXor, delaySettings, storeRecall } from '../tasks/delayed-answer.ts';
import { type EvidenceProgress, type EvidenceResult, runAnswering } from './evidence-accumulation-study.ts';
import type { EvidenceStudy } from './evidence-study.ts';

export interface DelayedMemoryStudy extends Omit<EvidenceStudy, 'task'> {
  readonly question: 'store-recall' | 'delayed-xor';
  readonly delayMilliseconds: number;
}

/** Cues and rates as in evidence accumulation; every delay gets the same number of iterations. */
export function runDelayedMemory(
  { question, delayMilliseconds, ...study }: DelayedMemoryStudy,
  onProgress: (progress: EvidenceProgress) => void = () => undefined,
): EvidenceResult {
  const settings = { ...delaySettings, delayMilliseconds };
  const task = question === 'store-recall' ? storeRecall(settings) : delayedXor(settings);
  return runAnswering(task, study, onProgress);
}
