// Where a device is found; plain data that crosses to the watchdog's thread.

/** The path of a local socket, or the serial number of a HID rig. */
export type DeviceAddress = string | { readonly hidRig: string };
