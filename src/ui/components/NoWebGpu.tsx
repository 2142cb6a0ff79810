import { Notice } from './Notice';

interface Advice {
  readonly match: RegExp;
  readonly where: string;
  readonly what: string;
}

/** What to do about missing WebGPU, by browser and system; the first that matches the user agent is this one's. */
const ADVICE: readonly Advice[] = [
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
    where: 'Safari on a Mac',
    what: 'Needs Safari 26. Before that: Develop › Feature Flags › WebGPU, or use Chrome.',
  },
  {
    match: /Android/,
    where: 'Chrome on Android',
    what: 'Needs Chrome 121 on Android 12 with a Qualcomm or ARM GPU. Update Chrome and the system.',
  },
  {
    match: /Linux/,
    where: 'Chrome on Linux',
    what: 'Start it with --enable-unsafe-webgpu --enable-features=Vulkan, with a Vulkan driver installed (vulkaninfo --summary lists it). chrome://gpu says what is blocked.',
  },
  {
    match: /Chrome|Edg/,
    where: 'Chrome and Edge on Windows, macOS and ChromeOS',
    what: 'Turn on “Use graphics acceleration when available” in the settings, update the graphics driver, and look at chrome://gpu for what is blocked.',
  },
];

/** Why nothing runs on the GPU here, what to do about it, and what can be done all the same. */
export function NoWebGpu({ reason }: { reason: string }) {
  const own = ADVICE.find(({ match }) => match.test(navigator.userAgent));
  return (
    <Notice tone="warn" title="No WebGPU here: nothing can be measured on the GPU">
      {reason && <span>{reason.replace(/\.?$/, '.')} </span>}
      {!window.isSecureContext && <span>WebGPU needs a secure page: https, or localhost. </span>}
      <b>ort-wasm still runs</b>, and results of other machines open as ever.
      {own && (
        <p>
          <b>{own.where}:</b> {own.what}
        </p>
      )}
      <details>
        <summary>Other browsers</summary>
        <dl className="advice">
          {ADVICE.filter((advice) => advice !== own).map(({ where, what }) => (
            <div key={where}>
              <dt>{where}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Notice>
  );
}
