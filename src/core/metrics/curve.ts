/** The throughput/latency curve: cases of one model, engine and options, in order of their batch. */
import type { CaseResult, Dtype, Environment, ModelRef } from '../contract';
import { type Regime, regime } from './regime';

type Range = readonly [low: number, high: number];

export interface CurvePoint {
  readonly caseId: string;
  readonly batch: number;
  /** Items a second. */
  readonly throughput: number | null;
  readonly throughputInterval: Range | null;
  /** Wall time of a run, ns. */
  readonly p50: number | null;
  readonly p50Interval: Range | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Why there is no p99. */
  readonly p99Withheld: string | null;
  /** Share of the wall time in which the GPU worked. */
  readonly utilisation: number | null;
  readonly ceilingShare: number | null;
  readonly regime: Regime | null;
}

export interface Series {
  /** Stable: the same spec gives the same keys. */
  readonly key: string;
  /** Engine and options, for the end of a line: `wgsl fused`. */
  readonly label: string;
  readonly engine: string;
  readonly options: CaseResult['options'];
  /** Short name of the model, and the same with what sets it apart ({@link modelSlug}). */
  readonly name: string;
  readonly model: string;
  readonly dtype: Dtype;
  /** In order of batch; only cases that are `ok`. */
  readonly points: readonly CurvePoint[];
}

/** A model's name in ids, different for every model a spec can name: `block-h768-a12-i2048-l2-s128`. */
export function modelSlug(model: ModelRef): string {
  if (model.from === 'block') {
    const { hidden, heads, inner, layers, sequence } = model.block;
    return `block-h${hidden}-a${heads}-i${inner}-l${layers}-s${sequence}`;
  }
  const dims = Object.entries(model.dims ?? {}).map(([dim, size]) => `${dim}=${size}`);
  return [baseName(model), ...dims].join('@');
}

function baseName(model: Exclude<ModelRef, { from: 'block' }>): string {
  switch (model.from) {
    case 'catalogue':
      return model.id;
    case 'file':
      return model.name;
    case 'url':
      return model.url;
    default:
      return model satisfies never;
  }
}

/** Engine and the values of its options: `wgsl:fused`. */
export function engineSlug({ engine, options }: Pick<CaseResult, 'engine' | 'options'>): string {
  return [engine, ...Object.values(options)].join(':');
}

function point(run: CaseResult, batch: number, environment: Environment): CurvePoint {
  const metric = (id: string) => run.metrics[id];
  return {
    caseId: run.id,
    batch,
    throughput: metric('throughput')?.value ?? null,
    throughputInterval: metric('throughput')?.interval ?? null,
    p50: metric('wall.median')?.value ?? null,
    p50Interval: metric('wall.median')?.interval ?? null,
    p95: metric('wall.p95')?.value ?? null,
    p99: metric('wall.p99')?.value ?? null,
    p99Withheld: metric('wall.p99')?.withheld ?? null,
    utilisation: metric('utilisation')?.value ?? null,
    ceilingShare: metric('ceiling.share')?.value ?? null,
    regime: regime(run, environment),
  };
}

/**
 * The curves of a result's model cases, in the order in which they first appear.
 * @param experiment only cases of this one.
 */
export function curves(
  cases: readonly CaseResult[],
  environment: Environment,
  experiment = 'batch',
): Series[] {
  const series = new Map<string, Series & { readonly points: CurvePoint[] }>();
  for (const run of cases) {
    const { workload, engine, options } = run;
    if (run.experiment !== experiment || workload.kind !== 'model' || run.outcome.status !== 'ok') continue;
    const model = modelSlug(workload.model);
    const { dtype } = workload;
    const key = [model, dtype, engineSlug(run)].join('/');
    const label = [engine, ...Object.values(options)].join(' ');
    const one = series.get(key) ?? {
      key,
      label,
      engine,
      options,
      name: workload.id,
      model,
      dtype,
      points: [],
    };
    one.points.push(point(run, workload.batch, environment));
    series.set(key, one);
  }
  for (const { points } of series.values()) points.sort((a, b) => a.batch - b.batch);
  return [...series.values()];
}
