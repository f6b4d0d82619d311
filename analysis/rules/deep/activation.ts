// Activation functions of rate networks with their derivatives; analysis process.

export interface Activation {
  readonly name: string;
  of(drive: number): number;
  /** The derivative by the drive. */
  slope(drive: number): number;
}

export const tanh: Activation = { name: 'tanh', of: Math.tanh, slope: (drive) => 1 - Math.tanh(drive) ** 2 };
export const linear: Activation = { name: 'linear', of: (drive) => drive, slope: () => 1 };
export const relu: Activation = {
  name: 'relu',
  of: (drive) => Math.max(0, drive),
  slope: (drive) => Number(drive > 0),
};
export const logistic: Activation = {
  name: 'logistic',
  of: (drive) => 1 / (1 + Math.exp(-drive)),
  slope(drive) {
    const value = 1 / (1 + Math.exp(-drive));
    return value * (1 - value);
  },
};

export const activations = { tanh, linear, relu, logistic } as const;
export type ActivationName = keyof typeof activations;
