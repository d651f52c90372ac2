/** What one call of a reader may use; each breach ends the file with a reason that names it. */
export const limits = {
  /** Of the child's whole life: it is replaced when it has used `cpuWorn`, so each call has at least the rest. */
  cpuSeconds: 25,
  cpuWorn: 6,
  /** From the start of a call to its end. */
  wallSeconds: 50,
  /** Private memory of the child; a heap limit alone does not bound it. */
  dataBytes: 1_500_000_000,
  heapMegabytes: 512,
  openFiles: 64,
  /** One page, picture or answer. */
  frameBytes: 128 * 1024 * 1024,
  /** All that one call may give. */
  outputBytes: 1100 * 1024 * 1024,
  wordsPerPage: 100_000,
  /** Of a file that a file holds. */
  nameLength: 1000,
  /** What the parts of a container come to when unpacked, and how many times the file's size; small ones may be packed tighter. */
  containerBytes: 768 * 1024 * 1024,
  containerRatio: 150,
  containerFreeBytes: 64 * 1024 * 1024,
  containerParts: 20_000,
  /** The same of an archive of documents. */
  archiveBytes: 1024 * 1024 * 1024,
  archiveRatio: 100,
  archiveFiles: 500,
  /** Calls after which a child is replaced, however well it is. */
  calls: 40,
  rssWorn: 400_000_000,
  /** Memory taken at which a file that fails is too complex rather than damaged. */
  rssStrained: 500_000_000,
} as const;
