/** A problem that the person who runs the importer can mend; anything else that is thrown is a fault of the importer. */
export class ImportRefusal extends Error {
  constructor(readonly code: string, reason: string, fix: string) {
    super(`[import/${code}] ${reason}. ${fix}.`);
    this.name = 'ImportRefusal';
  }
}
