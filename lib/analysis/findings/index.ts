export { FindingJson, findingsJson, FindingSource } from './json';
export { inOrder } from './order';
export { findingsText } from './text';
