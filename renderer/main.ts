// The page's entry: finds out which shell it runs in and starts. The same bundle serves both shells.
import './theme.css';
import { electronTransport } from './connection/electron-transport.ts';
import { takeLaunchToken } from './connection/launch-token.ts';
import { webSocketTransport } from './connection/web-socket-transport.ts';
import { startPage } from './start-page.ts';

/** Plain Node serves the page by HTTP; Electron has a scheme of its own. */
const transport = location.protocol.startsWith('http')
  ? webSocketTransport(location, takeLaunchToken(window), (address, protocols) => new WebSocket(address, protocols))
  : electronTransport(window);

const target = document.getElementById('page');
if (target !== null) startPage(transport, target);
