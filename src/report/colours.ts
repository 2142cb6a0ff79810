/**
 * One colour an engine, in charts and tables alike, for the light and the dark theme: Okabe & Ito's palette
 * (https://jfly.uni-koeln.de/color/), which colour-blind readers can tell apart.
 */
export const ENGINE_COLOURS: Readonly<Record<string, string>> = {
  'ort-webgpu': 'light-dark(#0072b2, #56b4e9)',
  wgsl: 'light-dark(#009e73, #2fc29a)',
  'ort-wasm': 'light-dark(#d55e00, #e69f00)',
};

/** The engine's colour as a CSS value; a neutral one for an engine without its own. */
export function engineColour(engine: string): string {
  return Object.hasOwn(ENGINE_COLOURS, engine) ? ENGINE_COLOURS[engine]! : 'light-dark(#5b6166, #a0a7ae)';
}
