import './attach';

export * from './reachability';
export { Suppressions } from './suppression/suppressions';
