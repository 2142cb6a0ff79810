import { dimsOf, type GraphProto, intAttribute, weights } from './proto';

/** Operators that hand ids on as they are. */
const PASS_THROUGH = new Set(['Cast', 'Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Transpose']);

/** How many rows the embedding has that a graph input indexes: ids lie in 0…n-1. Null if it indexes none. */
export function idLimit(graph: GraphProto, input: string): number | null {
  const table = weights(graph);
  const ids = new Set([input]);
  for (const node of graph.node ?? []) {
    const [data = '', indices = ''] = node.input ?? [];
    if (PASS_THROUGH.has(node.opType ?? '') && ids.has(data)) ids.add(node.output?.[0] ?? '');
    const rows = table.get(data);
    if (node.opType === 'Gather' && ids.has(indices) && rows && !intAttribute(node, 'axis')) {
      return dimsOf(rows)[0] ?? null;
    }
  }
  return null;
}
