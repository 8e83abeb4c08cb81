import './attach';

export { Suppressions } from './suppression/suppressions';
