// The virtual Open Ephys GUI as a process of its own. Its one argument is its options as JSON; it tells its parent the ports.
import { leaveSignalsToParent } from '../../common/base/leave-signals-to-parent.ts';
import { VirtualOpenEphys, type VirtualOpenEphysOptions } from './open-ephys/virtual-open-ephys.ts';

if (process.send === undefined) throw new Error('the virtual Open Ephys GUI is started by another program');
// Whoever starts it wrote an object of this type.
const gui = await VirtualOpenEphys.start(JSON.parse(process.argv[2] ?? '') as VirtualOpenEphysOptions);
process.send({ dataPort: gui.dataPort, httpPort: gui.httpPort });
process.once('disconnect', () => process.exit(0));
leaveSignalsToParent(process);
