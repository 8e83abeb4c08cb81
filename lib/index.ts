export * from './core';
import './analysis';
