// A HID device as the driver uses it: whole reports in and out; runs in the HID thread.

export interface ReportListener {
  /** One report, without a number in front of it. */
  onReport(report: Uint8Array): void;
  /** The device is gone, or reading it failed; nothing comes after it. */
  onLost(message: string): void;
}

export interface ReportDevice {
  /** Rejects with the system's words. May never settle: a driver can block for ever on a device that is gone. */
  write(report: Uint8Array): Promise<void>;
  /** Nothing comes after it. */
  close(): void;
}
