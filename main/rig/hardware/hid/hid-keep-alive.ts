// The watchdog's own handle to a HID rig: a HID thread of its own, that nothing of the rig thread holds up. Watchdog thread.
import { connectKeepAliveOver } from '../keep-alive.ts';
import type { DeviceKeepAlive } from '../device.ts';
import type { OpenHidUser } from './start-hid-thread.ts';

/** @throws Error when the rig cannot be opened, or does not accept this client */
export async function connectHidKeepAlive(
  serialNumber: string,
  token: string,
  openHid: OpenHidUser,
): Promise<DeviceKeepAlive> {
  const user = openHid();
  try {
    await user.open(serialNumber);
    const transport = user.transport('watchdog');
    const close = () => {
      transport.close();
      user.dispose();
    };
    return await connectKeepAliveOver({ ...transport, close, destroy: close }, token);
  } catch (error) {
    user.dispose();
    throw error;
  }
}
