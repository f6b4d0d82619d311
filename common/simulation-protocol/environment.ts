// How the simulation learns where the rig listens: through its environment, which other users cannot read; rig thread and simulation process.

const addressVariable = 'EXOCORTEX_SIMULATION_ADDRESS';
const tokenVariable = 'EXOCORTEX_SIMULATION_TOKEN';

/** Where to connect, and the secret that proves who connects. */
export interface SimulationAddress {
  /** Path of a Unix socket or of a named pipe. */
  readonly address: string;
  readonly token: string;
}

export function toEnvironment({ address, token }: SimulationAddress): Record<string, string> {
  return { [addressVariable]: address, [tokenVariable]: token };
}

/** @returns undefined when the program was not started by a rig. */
export function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): SimulationAddress | undefined {
  const address = environment[addressVariable];
  const token = environment[tokenVariable];
  return address === undefined || token === undefined ? undefined : { address, token };
}
