// The states of the interlock; used in every process.

export const interlockStates = [
  'safe',
  'check',
  'prearmed',
  'armed',
  'stimulating',
  'stopping',
  'tripped',
  'fault',
] as const;
export type InterlockState = (typeof interlockStates)[number];
