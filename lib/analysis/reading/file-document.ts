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
   */
  constructor(
    public readonly file: string,
    public readonly manifest: Manifest,
    private readonly document: YamlDocument,
    private readonly below: readonly string[] = [],
  ) {
    const { line, column } = below.length === 0 ? document.start : document.locate(undefined, below);
    this.line = line;
    this.column = column;
  }

  /** Where a field of the object stands (`spec.ports[0].name`, `metadata.annotations[example.com/a]`), or the nearest thing above it. */
  public locate(field?: string): Position {
    return this.document.locate(field, this.below);
  }
}
