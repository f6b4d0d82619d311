// Names of what belongs to the audit log inside the station's folder; used in every process that can reach the files.

/** Folder of the log: segments, torn ends that were set aside, the lock. */
export const auditFolderName = 'audit';
/** The station's signing key; only the station's user may read it. */
export const privateKeyFileName = 'audit-key.pem';
/** To be copied elsewhere: who has it can tell which checkpoints are of this station. */
export const publicKeyFileName = 'audit-key.pub.pem';
