// A command on its way to the device, packed into one small integer; for the model check.
import { leaseTicks } from './scale.ts';

export const messageKinds = ['enable', 'renew', 'pulse', 'stop'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Limits of which a command carries the hash: the tight ones allow a low pulse only. */
export const limitNames = ['tight', 'normal'] as const;
export type LimitName = (typeof limitNames)[number];

/** Bits from the lowest: age 3, kind 2, session 3, sequence 2, high amplitude 1, limits 1, dry 1. */
export type Message = number;
export const messageBits = 13;

export interface MessageFields {
  readonly kind: MessageKind;
  /** 0 in a STOP that names none. */
  readonly session: number;
  readonly sequence: number;
  /** Above the tight limits. */
  readonly isHigh: boolean;
  readonly limits: LimitName;
  readonly isDry: boolean;
}

/** A message that is sent now. What it does not carry is left out. */
export function makeMessage(kind: MessageKind, session: number, fields: Partial<MessageFields> = {}): Message {
  const { sequence = 0, isHigh = false, limits = 'tight', isDry = false } = fields;
  const flags = (isHigh ? 1 : 0) | (limits === 'normal' ? 2 : 0) | (isDry ? 4 : 0);
  return (messageKinds.indexOf(kind) << 3) | (session << 5) | (sequence << 8) | (flags << 10);
}

/** Ticks since it was sent; saturates where every command has expired. */
export const ageOf = (message: Message): number => message & 7;
export const kindOf = (message: Message): MessageKind => messageKinds[(message >> 3) & 3]!;
export const sessionOf = (message: Message): number => (message >> 5) & 7;
export const sequenceOf = (message: Message): number => (message >> 8) & 3;
export const isHighPulse = (message: Message): boolean => (message & 1024) !== 0;
export const limitsOf = (message: Message): LimitName => limitNames[(message >> 11) & 1]!;
export const isDryOrder = (message: Message): boolean => (message & 4096) !== 0;

/** Ticks until an ENABLE or a renewal expires: the expiry is absolute, so the time on the way is part of it. */
export const ticksLeft = (message: Message): number => Math.max(0, leaseTicks - ageOf(message));

/** The message one tick later. @param ageMax where the age saturates */
export const older = (message: Message, ageMax: number): Message => (ageOf(message) < ageMax ? message + 1 : message);
