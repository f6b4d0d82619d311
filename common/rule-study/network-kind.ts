// The kinds of networks that studies of learning rules are about.

export const networkKinds = ['multilayer', 'recurrent-spiking', 'spiking-actor', 'recurrent-rate'] as const;
export type NetworkKind = (typeof networkKinds)[number];
