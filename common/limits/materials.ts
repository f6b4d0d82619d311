// What electrodes are made of and how much charge they inject reversibly; used in every process.

export const materialNames = [
  'platinum',
  'platinum-iridium',
  'activated-iridium-oxide',
  'sputtered-iridium-oxide',
  'thermal-iridium-oxide',
  'titanium-nitride',
  'tantalum-pentoxide',
  'pedot',
  'stainless-steel',
  'dummy-load',
] as const;
export type MaterialName = (typeof materialNames)[number];

/**
 * Charge-injection limits in vitro, fC/µm² (1 mC/cm² = 10,000 fC/µm²): the lower ends of the ranges in Cogan 2008 (Annu. Rev.
 * Biomed. Eng. 10:275) as quoted in the safety literature. In tissue much less is reversible, hence the derating below.
 * A dummy load has no interface: nothing reacts there.
 */
export const injectionLimitFemtocoulombsPerSquareMicrometre: Record<MaterialName, number> = {
  platinum: 500,
  'platinum-iridium': 500,
  'activated-iridium-oxide': 10_000,
  'sputtered-iridium-oxide': 10_000,
  'thermal-iridium-oxide': 10_000,
  'titanium-nitride': 10_000,
  'tantalum-pentoxide': 5000,
  pedot: 150_000,
  'stainless-steel': 400,
  'dummy-load': 1_000_000,
};

/** Part of the limit in vitro that is used unless it was measured in place: PtIr carried 18 of about 50 µC/cm² in vivo (Front. Neurosci. 2015, 9:265). */
export const injectionDeratingPermille = 300;
