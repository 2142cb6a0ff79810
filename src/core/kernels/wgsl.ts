import { type Dtype, LabError } from '../contract';

/** Storage types that the floating-point kernels take; arithmetic and accumulation are f32 for both. */
export type FloatDtype = 'f32' | 'f16';

/** @throws LabError `bad-spec` for an integer type. */
export function floatDtype(dtype: Dtype): FloatDtype {
  if (dtype === 'f32' || dtype === 'f16') return dtype;
  throw new LabError('bad-spec', `This kernel has no ${dtype} form.`, 'Choose f32 or f16.');
}

/**
 * One shader from its parts, under a header that names the storage type: `elem` is a stored number and
 * `elem4` four of them, so that the same source serves f32 and f16. Parts convert on load and store
 * (`f32(x[i])`, `elem(value)`) and calculate in f32.
 */
export function wgsl(dtype: FloatDtype, ...parts: readonly string[]): string {
  const header = `${dtype === 'f16' ? 'enable f16; ' : ''}alias elem = ${dtype}; alias elem4 = vec4<${dtype}>;`;
  return [header, ...parts].join('\n');
}
