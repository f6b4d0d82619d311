// Starts a virtual rig with a recording or tissue in it, and connects it. Rig thread.
import { randomBytes } from 'node:crypto';
import { deviceTokenVariable, type VirtualRigRequest } from '../../../common/device-protocol/virtual-rig-options.ts';
import type { ReplaySource, VirtualSource } from '../../../common/experiment/source.ts';
import type { ConnectSource } from './device-connecting.ts';
import { privateAddress } from './private-address.ts';
import { connectSocketHalves } from './socket-halves.ts';

export const connectVirtualRig: ConnectSource<VirtualSource | ReplaySource> = async (source, connecting) => {
  const { checked, isFast, programs, owner, watchdog, onProgramExit } = connecting;
  const { experiment, recording, limits } = checked;
  const address = privateAddress(owner);
  const token = randomBytes(16).toString('hex');
  const request: VirtualRigRequest = {
    address,
    pacing: isFast ? 'stepped' : 'real-time',
    seed: experiment.seed,
    tickMilliseconds: experiment.tickMilliseconds,
    source,
    ...(recording === undefined ? {} : { recording }),
  };
  const program = owner.add(programs.start('virtual-rig', [JSON.stringify(request)], { [deviceTokenVariable]: token }));
  const exit = new Promise<never>((_, reject) => {
    program.onExit((how) => {
      onProgramExit(`the virtual rig ended: ${how}`);
      reject(new Error(`the virtual rig ended before it could be connected: ${how}`));
    });
  });
  exit.catch(() => {});
  const { beatMaxMilliseconds } = limits.timing;
  return Promise.race([connectSocketHalves({ address, token, watchdog, beatMaxMilliseconds, owner }), exit]);
};
