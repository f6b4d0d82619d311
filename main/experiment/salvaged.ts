// What remains of a file when everything wrong has been taken out; used by the main process to go on checking.

/** `T` with every part possibly missing. Entries of lists keep their index. */
export type Salvaged<T> = T extends readonly (infer Entry)[]
  ? (Salvaged<Entry> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Salvaged<T[Key]> | undefined }
    : T;
