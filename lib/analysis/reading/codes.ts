/** What reading files finds, before any rule looks at an object. */
export const READING_CODES = {
  noYaml: 'SM0010',
  duplicateKey: 'SM0011',
  noObject: 'SM0012',
  noKind: 'SM0013',
  brokenMetadata: 'SM0014',
  notAManifest: 'SM0015',
} as const;

/** Codes of documents that could not be taken for an object. */
export const UNREADABLE: readonly string[] = [READING_CODES.noYaml, READING_CODES.noObject, READING_CODES.noKind];
