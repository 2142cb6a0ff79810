import type { Ceilings, Environment, Timer } from './contract';
import { ENGINES } from './engines';
import type { Gpu, NoGpu } from './gpu/device';

/** "Chrome 156.0" and "Linux" from what the browser says of itself. */
function browserAndOs(): { browser: string; os: string } {
  const agent = navigator.userAgent;
  const browser = /(Edg|OPR|Firefox|(?:Headless)?Chrome|Version)\/([\d.]+)/.exec(
    agent.replace(/Chrome\/\S+ Safari\/\S+ (?=Edg|OPR)/, ''),
  );
  const os = /\(([^;)]+)(?:; ?([^;)]+))?/.exec(agent);
  const name =
    browser?.[1] === 'Edg'
      ? 'Edge'
      : browser?.[1] === 'OPR'
        ? 'Opera'
        : browser?.[1] === 'Version'
          ? 'Safari'
          : browser?.[1];
  return { browser: name ? `${name} ${browser?.[2]}` : agent, os: os?.[2] ?? os?.[1] ?? 'unknown' };
}

/** Everything about this machine that a number depends on. */
export function describeEnvironment(gpu: Gpu | NoGpu, timer: Timer, ceilings?: Ceilings): Environment {
  const there = 'missing' in gpu ? null : gpu;
  return {
    adapter: there?.adapter ?? null,
    ...('missing' in gpu ? { adapterMissing: gpu.missing } : {}),
    features: [...(there?.features ?? [])],
    limits: { ...there?.limits },
    ...browserAndOs(),
    cores: navigator.hardwareConcurrency,
    crossOriginIsolated: globalThis.crossOriginIsolated,
    timer,
    ...(ceilings ? { ceilings } : {}),
    engines: Object.fromEntries(ENGINES.map((e) => [e.id, e.version()])),
    rooflab: __ROOFLAB_VERSION__,
  };
}
