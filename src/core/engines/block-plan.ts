/** The transformer block as a chain of our kernels: the second form of `models/block.ts`. */
import type { BlockConfig, Dtype } from '../contract';
import { type BufferRole, type BufferSpec, type Program, rename } from '../gpu/program';
import { attention } from '../kernels/attention';
import type { DeviceLimits, Kernel, Problem } from '../kernels/kernel';
import { layernormLinear } from '../kernels/layernorm-linear';
import { matmulProgram } from '../kernels/matmul';
import { LAYER_NORM, normProgram } from '../kernels/norm';
import { addLayernorm } from '../kernels/norm-kernels';
import { swiglu } from '../kernels/swiglu';
import { type BlockDtype, checkBlock, layerNames } from '../models/block';

export type BlockForm = 'unfused' | 'fused';

/** Adds a program to the plan: `names` says what its buffers are called in the block. */
type Step = (label: string, program: Program, names: Readonly<Record<string, string>>) => void;

interface Plan {
  readonly config: BlockConfig;
  readonly dtype: BlockDtype;
  readonly batch: number;
  readonly form: BlockForm;
  readonly limits: DeviceLimits;
}

/**
 * One run of the block: buffers `x` and `y` [batch · sequence, hidden], and the weights by their names in
 * `models/block.ts`. `unfused`: every operator stores its result. `fused`: as few dispatches as the kernels allow.
 * @throws LabError `bad-spec` for a block that cannot be.
 */
export function blockProgram(
  config: BlockConfig,
  precision: Dtype,
  batch: number,
  form: BlockForm,
  limits: DeviceLimits,
): Program {
  const dtype = checkBlock(config, precision);
  const parts: Program[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const step: Step = (label, program, names) => {
      // What set-up stages make belongs to the layer; other scratch is written anew by every layer.
      const prefix = program.setup.length > 0 ? `layer${layer}.${label}/` : `${label}/`;
      parts.push(rename(program, prefix, names));
    };
    addLayer(step, { config, dtype, batch, form, limits }, layer);
  }
  return join(parts);
}

function addLayer(step: Step, { config, dtype, batch, form, limits }: Plan, layer: number): void {
  const { hidden, heads, inner, sequence, layers } = config;
  const rows = batch * sequence;
  const weight = layerNames(layer);
  // A layer has read its input for the last time when h is made: its output can take the same place.
  const x = layer === 0 ? 'x' : 'stream';
  const y = layer === layers - 1 ? 'y' : 'stream';
  const inForm = (kernel: Kernel, ...shape: readonly number[]) =>
    kernel.variants.find(({ id }) => id === form)!.program({ shape, dtype }, limits);
  const linearAndAdd = (
    label: string,
    k: number,
    names: Record<'x' | 'w' | 'bias' | 'residual' | 'y', string>,
  ) => {
    const linear = { m: rows, k, n: hidden, dtype };
    if (form === 'fused') {
      step(label, matmulProgram({ ...linear, residual: true }, limits), names);
      return;
    }
    const { residual, y: sum, ...operands } = names;
    step(label, matmulProgram(linear, limits), { ...operands, y: 'product' });
    const add = addProgram({ shape: [rows, hidden], dtype }, limits);
    step(`${label} residual`, add, { x: 'product', residual, sum });
  };

  step('norm1 and qkv', inForm(layernormLinear, rows, hidden, 3 * hidden), {
    x,
    gamma: weight.norm1Gamma,
    beta: weight.norm1Beta,
    w: weight.qkvWeight,
    bias: weight.qkvBias,
    y: 'qkv',
  });
  step('attention', inForm(attention, batch, heads, sequence, hidden / heads), {
    qkv: 'qkv',
    y: 'attention',
  });
  linearAndAdd('out', hidden, {
    x: 'attention',
    w: weight.outWeight,
    bias: weight.outBias,
    residual: x,
    y: 'h',
  });
  step('norm2', normProgram(LAYER_NORM, { rows, cols: hidden, dtype }, limits), {
    x: 'h',
    gamma: weight.norm2Gamma,
    beta: weight.norm2Beta,
    y: 'normed',
  });
  step('swiglu', inForm(swiglu, rows, hidden, inner), {
    x: 'normed',
    wGate: weight.gateWeight,
    wUp: weight.upWeight,
    y: 'gated',
  });
  linearAndAdd('down', inner, { x: 'gated', w: weight.downWeight, bias: weight.downBias, residual: 'h', y });
}

/** sum = x + residual: what add-layernorm's unfused form does first. */
function addProgram(problem: Problem, limits: DeviceLimits): Program {
  const { buffers, stages } = addLayernorm.variants
    .find(({ id }) => id === 'unfused')!
    .program(problem, limits);
  return {
    buffers: buffers.filter(({ name }) => ['x', 'residual', 'sum'].includes(name)),
    setup: [],
    stages: stages.filter(({ bindings }) =>
      bindings.some(({ buffer, access }) => buffer === 'sum' && access === 'write'),
    ),
  };
}

/** Programs one after another. Buffers of one name are one; all but x, y and the weights become scratch. */
function join(programs: readonly Program[]): Program {
  const buffers = new Map<string, BufferSpec>();
  for (const { buffers: specs } of programs) {
    for (const spec of specs) buffers.set(spec.name, { ...spec, role: roleOf(spec) });
  }
  return {
    buffers: [...buffers.values()],
    setup: programs.flatMap(({ setup }) => setup),
    stages: programs.flatMap(({ stages }) => stages),
  };
}

function roleOf({ name, role }: BufferSpec): BufferRole {
  if (name === 'x') return 'input';
  if (name === 'y') return 'output';
  return role === 'weight' ? 'weight' : 'scratch';
}
