// The virtual RHX: an emulated Intan RHX as a process of its own. Its one argument is its options as JSON; it tells its parent the command port.
import { leaveSignalsToParent } from '../../common/base/leave-signals-to-parent.ts';
import { VirtualRhx, type VirtualRhxOptions } from './rhx/virtual-rhx.ts';

if (process.send === undefined) throw new Error('the virtual RHX is started by another program');
// Whoever starts it wrote an object of this type.
const rhx = await VirtualRhx.start(JSON.parse(process.argv[2] ?? '') as VirtualRhxOptions);
process.send({ commandPort: rhx.commandPort });
process.once('disconnect', () => process.exit(0));
leaveSignalsToParent(process);
