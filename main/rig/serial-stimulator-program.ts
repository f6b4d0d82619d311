// Entry of the program serial-stimulator, which has one stimulator on a serial port open: ports cannot be opened in a thread. It ends with the rig that started it.
import { leaveSignalsToParent } from '../../common/base/leave-signals-to-parent.ts';
import { deviceTokenVariable } from '../../common/device-protocol/virtual-rig-options.ts';
import { serveSerialStimulator } from './hardware/serial/serve-serial-stimulator.ts';

const address = process.argv[2];
const token = process.env[deviceTokenVariable];
if (!address || !token) {
  console.error('serial-stimulator: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

const served = await serveSerialStimulator({ address, token, onEnd: () => process.exit(0) });
for (const gone of ['disconnect', 'SIGTERM'] as const) process.once(gone, () => served.dispose());
leaveSignalsToParent(process);
