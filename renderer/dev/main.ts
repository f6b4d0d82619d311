// The page on an imitated core, for work on the page without a rig: `vite renderer`, then /dev/?scene=…; never part of the built page.
import '../theme.css';
import { portPair } from '../../common/transport/port-pair.ts';
import { startPage } from '../start-page.ts';
import { FakeCore } from './fake-core.ts';
import { isScene } from './scenes.ts';

const query = new URLSearchParams(location.search);
const scene = query.get('scene') ?? 'idle';
const core = new FakeCore(isScene(scene) ? scene : 'idle', Number(query.get('channels') ?? 64));
const target = document.getElementById('page');
if (target !== null) {
  const transport = {
    cure: 'Start the imitated core again.',
    open(onPort: (port: ReturnType<typeof portPair>[0]) => void, onFailure: () => void) {
      const [ours, theirs] = portPair();
      const timer = setTimeout(() => {
        if (core.isReachable) {
          core.serve(theirs);
          onPort(ours);
        } else onFailure();
      });
      return { dispose: () => clearTimeout(timer) };
    },
  };
  startPage(transport, target);
}
