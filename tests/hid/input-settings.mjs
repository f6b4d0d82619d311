// The pedals and the game pad of `npm run test:hid`, and what station.json says of them.

export const inputDevices = {
  pedal: { name: 'FootSwitch', vendorId: 0x0c45, productId: 0x7403 },
  secondPedal: { name: 'FootSwitch two', vendorId: 0x0c45, productId: 0x7404 },
  gamePad: { name: 'Game pad', vendorId: 0x046d, productId: 0xc21d },
};

/** @param {{ vendorId: number, productId: number }} device */
const numbersOf = ({ vendorId, productId }) => ({ vendorId, productId });
const { pedal, secondPedal, gamePad } = inputDevices;

export const inputSettings = {
  stopInputs: [
    { ...numbersOf(pedal), usagePage: 1, usage: 6, kind: 'stop' },
    { ...numbersOf(gamePad), kind: 'presence', mapping: { byte: 0, mask: 1, pressedWhen: 'set' } },
  ],
  triggerInputs: [
    {
      ...numbersOf(gamePad),
      name: 'Animal moves',
      control: 'button 9',
      mapping: { byte: 1, mask: 1, pressedWhen: 'set' },
    },
    { ...numbersOf(secondPedal), name: 'Light on' },
  ],
};
