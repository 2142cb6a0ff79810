export * from './errors';
export * from './events';
export * from './graph';
export * from './parse';
export * from './registry';
export * from './result';
export * from './spec';
export * from './workload';
