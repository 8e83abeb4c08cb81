export { UNREADABLE } from './codes';
export { FileDocument } from './file-document';
export { FileObject } from './file-object';
export { ModelOptions, modelOfFiles } from './model-of-files';
export { Reading, readFiles, SourceFile } from './read-files';
export { Position } from './yaml-document';
