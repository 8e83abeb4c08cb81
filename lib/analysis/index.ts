import './attach';

export {};
