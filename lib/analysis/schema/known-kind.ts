import { Schema } from './structural';

/** One version of a kind. */
export interface KindVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated?: boolean;
  /** What it says instead of the usual warning of the server. */
  readonly deprecationWarning?: string;
}

/** A kind of which it is known what the API server makes of it. */
export interface KnownKind {
  readonly group: string;
  readonly kind: string;
  /** Where that is known from, in words. */
  readonly origin: string;
  readonly versions: readonly KindVersion[];
  /** The version to write today. */
  readonly preferred: string;
  /** The schema of a version; undefined where it is not known, or where the version does not exist. */
  schemaOf(version: string): KindSchema | undefined;
}

/** A schema and what it refers to. */
export interface KindSchema {
  readonly schema: Schema;
  readonly definitions: Readonly<Record<string, Schema>>;
  /** Whether the server drops a status that comes with an object. */
  readonly dropsStatus: boolean;
  /** Where the number of replicas stands that the server itself reads; undefined where it reads none. */
  readonly replicas?: string;
  /** Of a core kind the schema is a definition among others. */
  readonly definition?: string;
}
