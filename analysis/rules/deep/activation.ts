// Activation functions of rate networks with their derivatives; analysis process.

export interface Activation {
  readonly name: string;
  of(drive: number): number;
  /** The derivative by the drive. @param rate what `of` gives for this drive, where it is known: it may spare the work */
  slope(drive: number, rate?: number): number;
}

export const tanh: Activation = {
  name: 'tanh',
  of: Math.tanh,
  slope: (drive, rate = Math.tanh(drive)) => 1 - rate * rate,
};
export const linear: Activation = { name: 'linear', of: (drive) => drive, slope: () => 1 };
export const relu: Activation = {
  name: 'relu',
  of: (drive) => Math.max(0, drive),
  slope: (drive) => Number(drive > 0),
};
export const logistic: Activation = {
  name: 'logistic',
  of: (drive) => 1 / (1 + Math.exp(-drive)),
  slope: (drive, rate = 1 / (1 + Math.exp(-drive))) => rate * (1 - rate),
};

export const activations = { tanh, linear, relu, logistic } as const;
export type ActivationName = keyof typeof activations;
