import { Notice } from './Notice';

interface Advice {
  readonly where: string;
  readonly what: string;
}

/** What to do about missing WebGPU, by browser and system; the first that matches is this one's. */
const ADVICE: readonly (Advice & { readonly match: RegExp })[] = [
  {
    match: /Firefox/,
    where: 'Firefox',
    what: 'WebGPU is on by default on Windows from 141 and on Apple silicon from 145. Elsewhere set dom.webgpu.enabled in about:config, or use Chrome.',
  },
  {
    match: /iPhone|iPad/,
    where: 'iPhone and iPad',
    what: 'Needs iOS or iPadOS 26. Before that: Settings › Apps › Safari › Advanced › Feature Flags › WebGPU.',
  },
  {
    match: /Macintosh.*Version\/\d+.*Safari/,
    where: 'Safari',
    what: 'Needs Safari 26. Before that: Develop › Feature Flags › WebGPU, or use Chrome.',
  },
  {
    match: /Android/,
    where: 'Android',
    what: 'Needs Chrome 121 on Android 12 with a Qualcomm or ARM GPU. Update Chrome and the system.',
  },
  {
    match: /Linux/,
    where: 'Chrome on Linux',
    what: 'Start it with --enable-unsafe-webgpu --enable-features=Vulkan, with a Vulkan driver installed (vulkaninfo --summary lists it). chrome://gpu says what is blocked.',
  },
  {
    match: /Chrome|Edg/,
    where: 'Chrome and Edge',
    what: 'Turn on “Use graphics acceleration when available” in the settings, update the graphics driver, and look at chrome://gpu for what is blocked.',
  },
];

/** Why nothing runs on the GPU here, what to do about it, and what can be run all the same. */
export function NoWebGpu({ reason }: { reason: string }) {
  const own = ADVICE.find(({ match }) => match.test(navigator.userAgent)) ?? ADVICE.at(-1)!;
  return (
    <Notice tone="warn" title="This browser offers no WebGPU adapter">
      {reason && <span>It says: {reason}. </span>}
      <b>{own.where}:</b> {own.what}
      {!window.isSecureContext && ' WebGPU also needs a secure page: https, or localhost.'} ort-wasm runs here
      all the same, and results of other machines open as ever.
    </Notice>
  );
}
