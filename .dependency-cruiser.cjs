// The import directions of docs/architecture.md: what is not listed here is an error.

const swc = require('@swc/core');

// dependency-cruiser 17 asks swc for TypeScript without JSX and fails on .tsx files. Delete this when its
// src/extract/swc/parse.mjs sets `tsx`.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });

/** What a folder may import, besides itself and packages. */
const edges = {
  'src/core/contract': [],
  'src/core/stats': [],
  'src/core/gpu': ['src/core/contract'],
  'src/core/kernels': ['src/core/gpu', 'src/core/stats', 'src/core/contract', 'shaders'],
  'src/core/models': ['src/core/contract', 'src/core/stats'],
  'src/core/engines': ['src/core/kernels', 'src/core/models', 'src/core/gpu', 'src/core/contract'],
  'src/core/loads': ['src/core/stats', 'src/core/contract'],
  'src/core/metrics': ['src/core/stats', 'src/core/contract'],
  'src/core/bench': [
    'src/core/engines',
    'src/core/loads',
    'src/core/stats',
    'src/core/gpu',
    'src/core/contract',
  ],
  'src/core/experiments': [
    'src/core/kernels',
    'src/core/models',
    'src/core/metrics',
    'src/core/stats',
    'src/core/contract',
  ],
  'src/core/compare': ['src/core/metrics', 'src/core/stats', 'src/core/contract'],
  'src/report': ['src/core/contract', 'src/core/stats', 'src/core/metrics', 'src/core/compare'],
  'src/runner': ['src/core/index.ts', 'src/core/contract'],
  'src/ui': ['src/core/index.ts', 'src/core/contract', 'src/report', 'src/runner/client.ts'],
  'src/cli': ['src/core/contract', 'src/core/compare', 'src/report', 'src/setup'],
  'src/setup': [],
  e2e: ['src', 'e2e'],
};

const packages = ['npm', 'npm-dev'];
const under = (path) => `^${path.replaceAll('.', '\\.')}(/|$)`;

module.exports = {
  allowed: [
    ...Object.entries(edges).map(([from, to]) => ({
      from: { path: under(from) },
      to: { path: [from, ...to].map(under) },
    })),
    // The library's own files: its public interface, and a run from spec to result.
    { from: { path: '^src/core/[^/]+\\.ts$' }, to: { path: '^src/core/' } },
    { from: {}, to: { dependencyTypes: packages } },
    // Node's own modules: tools and tests only.
    { from: { path: ['^src/(cli|setup)/', '^e2e/', '\\.test\\.ts$'] }, to: { dependencyTypes: ['core'] } },
  ],
  allowedSeverity: 'error',
  forbidden: [
    {
      name: 'react-in-the-page-only',
      severity: 'error',
      from: { pathNot: '^src/ui/' },
      to: { path: '^node_modules/(react|react-dom|recharts|zustand)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
