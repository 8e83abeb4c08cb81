import type { Position, YamlDocument } from './yaml-document';
import { Manifest } from '../../core/rendering';

/** One object of a file. */
export class FileDocument implements Position {
  public readonly line: number;
  public readonly column: number;

  /**
   * @param file the file as it was named.
   * @param manifest the object as the API server would read it.
   * @param document the document that it stands in.
   * @param below where in the document it stands; several objects may share one that is a list.
   * @param standIn the field of the object that the document is, where the rest of the object was made up.
   */
  constructor(
    public readonly file: string,
    public readonly manifest: Manifest,
    private readonly document: YamlDocument,
    private readonly below: readonly string[] = [],
    public readonly standIn?: string,
  ) {
    const { line, column } = below.length === 0 ? document.start : document.locate(undefined, below);
    this.line = line;
    this.column = column;
  }

  /** Where a field of the object stands (`spec.ports[0].name`, `metadata.annotations[example.com/a]`), or the nearest thing above it. */
  public locate(field?: string): Position {
    const { standIn } = this;
    if (standIn === undefined) return this.document.locate(field, this.below);
    return this.document.locate(field?.startsWith(`${standIn}.`) ? field.slice(standIn.length + 1) : undefined, this.below);
  }
}
