// Numbers that WebGPU gives to uses of buffers, as its standard fixes them; simulation process.

/** GPUBufferUsage, WebGPU standard, section 5.1. */
export const bufferUse = {
  mapRead: 0x1,
  copySource: 0x4,
  copyDestination: 0x8,
  uniform: 0x40,
  storage: 0x80,
} as const;

/** GPUMapMode.READ. Mapping is for reading only: under Electron what is written to a mapped buffer does not arrive. */
export const mapForReading = 1;

/** GPUShaderStage.COMPUTE. */
export const computeStage = 4;
