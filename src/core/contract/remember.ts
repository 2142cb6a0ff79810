/** The value of `key` in `map`, made and kept on first use. */
export function remember<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}

/** {@link remember} for promises: one that rejects is forgotten, so that the next caller tries again. */
export function rememberSuccess<K, V>(map: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  return remember(map, key, () => {
    const made = make();
    made.catch(() => map.delete(key));
    return made;
  });
}
