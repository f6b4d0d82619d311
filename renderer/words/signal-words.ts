// What signals of a network are, in a few words; runs in the page.
import type { PicturedSignal } from '../../common/contract/network-picture.ts';

const words: Readonly<Record<PicturedSignal['kind'], string>> = {
  activity: 'mean rate, Hz',
  'burst-rate': 'bursts, Hz',
  novelty: 'novelty, Hz',
  'decoder-error': 'error of a decoder',
  reward: 'reward',
};

export const signalWords = (kind: PicturedSignal['kind']): string => words[kind];
