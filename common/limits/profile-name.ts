// The profiles that limits are compiled for; used in every process. There is none for people: stimulating a person is not in this program.

/** bench: no living tissue. The others follow the preparation: planar array, penetrating microelectrodes, surface or depth macroelectrodes. */
export const profileNames = ['bench', 'in-vitro-mea', 'penetrating-micro', 'animal-macro'] as const;
export type ProfileName = (typeof profileNames)[number];

/** Profiles of animals, where what fails has no second chance. */
export const animalProfiles: ReadonlySet<string> = new Set<ProfileName>(['penetrating-micro', 'animal-macro']);

/** What a person reads. */
export const profileTitles: Record<ProfileName, string> = {
  bench: 'bench without living tissue',
  'in-vitro-mea': 'planar microelectrode array in vitro',
  'penetrating-micro': 'penetrating microelectrodes in an animal',
  'animal-macro': 'surface or depth macroelectrodes in an animal',
};
