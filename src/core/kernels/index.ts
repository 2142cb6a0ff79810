import { LabError } from '../contract';
import { attention } from './attention';
import { copy } from './copy';
import { fma } from './fma';
import type { Kernel } from './kernel';
import { layernormLinear } from './layernorm-linear';
import { matmul } from './matmul';
import {
  addLayernorm,
  addLayernormFinal,
  addRmsnorm,
  addRmsnormFinal,
  layernorm,
  rmsnorm,
} from './norm-kernels';
import { permute } from './permute';
import { read } from './read';
import { reduceAll, reduceCols, reduceRows } from './reduce';
import { softmax } from './softmax';
import { swiglu } from './swiglu';
import { transpose } from './transpose';
import { write } from './write';

/** Every operator the lab has kernels for. A line here gives it tests, menus, tables and cases. */
export const KERNELS = [
  transpose,
  permute,
  matmul,
  layernormLinear,
  swiglu,
  attention,
  addLayernorm,
  addRmsnorm,
  addLayernormFinal,
  addRmsnormFinal,
  layernorm,
  rmsnorm,
  softmax,
  reduceRows,
  reduceCols,
  reduceAll,
  copy,
  read,
  write,
  fma,
] as const satisfies readonly Kernel[];

/** @throws LabError `bad-spec` for an id that no kernel has. */
export function kernelById(id: string): Kernel {
  const kernel = KERNELS.find((k) => k.id === id);
  if (kernel) return kernel;
  throw new LabError(
    'bad-spec',
    `There is no kernel "${id}".`,
    `Choose one of ${KERNELS.map((k) => k.id).join(', ')}.`,
  );
}
