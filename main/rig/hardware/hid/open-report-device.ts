// Opens a HID device for reports in both directions; with hid-input.ts the only file that knows node-hid. Runs in the HID thread.
import type { NodeHid } from '../hid-input.ts';
import type { ReportDevice, ReportListener } from './report-device.ts';

/** Reports of a rig have no number, which the system is told by a 0 in front of each. */
const withoutNumber = 0;

/** @param path as the system lists it @throws Error with the system's words */
export async function openReportDevice(
  path: string,
  listener: ReportListener,
  importPackage: () => Promise<Pick<NodeHid, 'HIDAsync'>> = () => import('node-hid'),
): Promise<ReportDevice> {
  const { HIDAsync } = await importPackage();
  const device = await HIDAsync.open(path, { nonExclusive: true });
  // Errors of reading arrive as texts, all others as errors.
  device.on('error', (error: unknown) => listener.onLost(error instanceof Error ? error.message : String(error)));
  device.on('data', (report: Buffer) => listener.onReport(report));
  return {
    async write(report) {
      const numbered = Buffer.allocUnsafe(report.length + 1);
      numbered[0] = withoutNumber;
      numbered.set(report, 1);
      await device.write(numbered);
    },
    // A device that is gone may fail to close, and there is nothing left to be done about it.
    close: () => void device.close().catch(() => {}),
  };
}
