// One handle to the device as a channel that may lose, double, delay and reorder what it carries; for the model check.
import { ageOf, kindOf, type Message, messageBits, older } from './message.ts';
import { leaseTicks } from './scale.ts';

/** Messages under way, in the order of their numbers: which was sent first means nothing, any may arrive next. */
export type Channel = readonly Message[];

export const emptyChannel: Channel = [];

const isStop = (message: Message) => kindOf(message) === 'stop';
const inOrder = (channel: Message[]): Channel => channel.sort((a, b) => a - b);

/**
 * A channel holds so many commands; a further one is lost, and losing an older one first is a step of its own. A STOP stands for any
 * number of the same, and may be under way for ever.
 */
export function send(channel: Channel, message: Message, commandsMax: number): Channel {
  if (isStop(message)) return channel.includes(message) ? channel : inOrder([...channel, message]);
  return hasRoom(channel, commandsMax) ? inOrder([...channel, message]) : channel;
}

export function hasRoom(channel: Channel, commandsMax: number): boolean {
  let commands = 0;
  for (const message of channel) if (!isStop(message)) commands++;
  return commands < commandsMax;
}

export function without(channel: Channel, index: number): Channel {
  return channel.filter((_, each) => each !== index);
}

/** One tick later. */
export function delayed(channel: Channel): Channel {
  if (channel.every(isStop)) return channel;
  return inOrder(channel.map((message) => (isStop(message) ? message : older(message, leaseTicks + 1))));
}

/** Whether a command has been under way for as long as one may be: it arrives, or is lost, before time passes. */
export function isOverdue(channel: Channel, delayMax: number): boolean {
  for (const message of channel) if (!isStop(message) && ageOf(message) >= delayMax) return true;
  return false;
}

/** Different for each content. Three messages fit into a number, more are rare. */
export function channelKey(channel: Channel): number | string {
  if (channel.length > 3) return channel.join();
  let key = 0;
  for (const message of channel) key = key * 2 ** (messageBits + 1) + message + 1;
  return key;
}
