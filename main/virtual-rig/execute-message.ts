// What each role may ask of the virtual device, message by message; runs in the virtual rig.
import type { FrameRejection } from '../../common/device-protocol/frame-rejection.ts';
import { decodeFault, encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  enableLayout,
  type EnableMessage,
  messageTypes,
  pulseLayout,
  type PulseMessage,
  renewLayout,
  requestBlocksLayout,
  type Role,
} from '../../common/device-protocol/messages.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';

/** What an admitted client may ask for. */
export interface DeviceCommands {
  start(): void;
  requestBlocks(count: number): void;
  enable(message: EnableMessage): void;
  renew(session: number, leaseExpiryMicroseconds: number): void;
  pulse(pulse: PulseMessage): void;
  /** @returns undefined while the output is on */
  selfTest(): SelfTestReport | undefined;
  injectFault(fault: VirtualFault): void;
}

/** Where an answer goes that concerns the asking client alone. */
interface Answers {
  send(type: number, body: Uint8Array): void;
}

/**
 * @param body of a message whose envelope was right
 * @returns why nothing of it was executed, or undefined
 */
export function execute(
  device: DeviceCommands,
  role: Role,
  type: number,
  body: Uint8Array,
  answers: Answers,
): FrameRejection | undefined {
  switch (role) {
    case 'data':
      return executeForData(device, type, body);
    case 'control':
      return executeForControl(device, type, body, answers);
    case 'watchdog':
      if (type !== messageTypes.renew) return 'not-permitted';
      return whenRead(renewLayout.decodeWhole(body), ({ session, leaseExpiryMicroseconds }) =>
        device.renew(session, leaseExpiryMicroseconds),
      );
  }
}

function executeForData(device: DeviceCommands, type: number, body: Uint8Array): FrameRejection | undefined {
  switch (type) {
    case messageTypes.start:
      return whenRead(emptyBody(body), () => device.start());
    case messageTypes.requestBlocks:
      return whenRead(requestBlocksLayout.decodeWhole(body), ({ count }) => device.requestBlocks(count));
    default:
      return 'not-permitted';
  }
}

function executeForControl(
  device: DeviceCommands,
  type: number,
  body: Uint8Array,
  answers: Answers,
): FrameRejection | undefined {
  switch (type) {
    case messageTypes.enable:
      return whenRead(decodeEnable(body), (message) => device.enable(message));
    case messageTypes.pulse:
      return whenRead(pulseLayout.decodeWhole(body), (pulse) => device.pulse(pulse));
    case messageTypes.selfTest:
      return emptyBody(body) === undefined ? 'unreadable' : answerSelfTest(device, answers);
    case messageTypes.injectFault:
      return whenRead(decodeFault(body), (fault) => device.injectFault(fault));
    default:
      return 'not-permitted';
  }
}

function answerSelfTest(device: DeviceCommands, answers: Answers): FrameRejection | undefined {
  const report = device.selfTest();
  if (report === undefined) return 'not-now';
  answers.send(messageTypes.selfTestReport, encodeJson(report));
  return undefined;
}

function decodeEnable(body: Uint8Array): EnableMessage | undefined {
  const message = enableLayout.decodeWhole(body);
  return message === undefined || message.isDry > 1 ? undefined : message;
}

function emptyBody(body: Uint8Array): Uint8Array | undefined {
  return body.length === 0 ? body : undefined;
}

function whenRead<T>(message: T | undefined, act: (message: T) => void): FrameRejection | undefined {
  if (message === undefined) return 'unreadable';
  act(message);
  return undefined;
}
