// The wire from a digital output of an emulated board to a digital input of an emulated RHX.
import type { VirtualRhx } from '../../main/virtual-rig/rhx/virtual-rhx.ts';
import type { HostBoard } from './host-board.ts';

/** @returns what unplugs it */
export function plugSyncCable(board: HostBoard, output: number, rhx: VirtualRhx, input: number): () => void {
  board.onOutputs = (outputs, monotonicNs) => {
    const agoMs = (Number(process.hrtime.bigint()) - monotonicNs) / 1e6;
    rhx.setDigitalInputs(((outputs >> output) & 1) << (input - 1), performance.now() - agoMs);
  };
  return () => (board.onOutputs = () => {});
}
