// What may become of messages: they arrive in any order, once or twice, or are lost; a listener keeps one and sends it again; a stranger stops; for the model check.
import { type Channel, without } from './channel.ts';
import { receive, stopByStranger } from './device-model.ts';
import { kindOf, type Message } from './message.ts';
import { Draft, type Emit, type ModelState, type Setting } from './state.ts';

type Handle = 'rigChannel' | 'watchdogChannel' | 'recorded';

/** @param left what is under way afterwards */
function arrive(now: ModelState, setting: Setting, handle: Handle, message: Message, left: Channel): Draft {
  const next = new Draft(now);
  const { device, pulse } = receive(now.device, message, setting.protocol.device);
  next.device = device;
  next.pulse = pulse;
  next[handle] = left;
  return next;
}

const arrivals = {
  enable: 'ENABLE arrives',
  renew: 'a renewal arrives',
  pulse: 'a pulse arrives',
  stop: 'STOP arrives',
} as const;
const losses = {
  enable: 'ENABLE is lost',
  renew: 'a renewal is lost',
  pulse: 'a pulse is lost',
  stop: 'STOP is lost',
} as const;

function handleSteps(now: ModelState, setting: Setting, emit: Emit, handle: 'rigChannel' | 'watchdogChannel'): void {
  const channel = now[handle];
  channel.forEach((message, index) => {
    const left = without(channel, index);
    emit(arrivals[kindOf(message)], arrive(now, setting, handle, message, left));
    if (setting.configuration.hasDoubles)
      emit('a message arrives and will arrive again', arrive(now, setting, handle, message, channel));
    const lost = new Draft(now);
    lost[handle] = left;
    emit(losses[kindOf(message)], lost);
    // A STOP that is sent again does nothing that a stranger's does not.
    if (now.world.recordingsLeft === 0 || kindOf(message) === 'stop') return;
    const kept = new Draft(now);
    kept.recorded = [message];
    kept.world = { ...now.world, recordingsLeft: now.world.recordingsLeft - 1 };
    emit('a listener records a message', kept);
  });
}

export function channelSteps(now: ModelState, setting: Setting, emit: Emit): void {
  handleSteps(now, setting, emit, 'rigChannel');
  handleSteps(now, setting, emit, 'watchdogChannel');
  for (const message of now.recorded)
    emit('the recorded message is sent again', arrive(now, setting, 'recorded', message, []));
  for (const session of [0, 7]) {
    const next = new Draft(now);
    next.device = stopByStranger(now.device, session, setting.protocol.device);
    emit(session === 0 ? 'a stranger stops' : 'a stranger stops with a large number', next);
  }
}
