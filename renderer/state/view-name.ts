// The views of the page by name. Runs in the page.

export const viewNames = ['rig', 'design', 'run', 'review', 'network', 'help'] as const;
export type ViewName = (typeof viewNames)[number];

/** Parts of the network view. */
export const networkParts = ['network', 'learning', 'studies'] as const;
export type NetworkPart = (typeof networkParts)[number];
