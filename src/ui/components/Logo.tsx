/** A roofline with two kernels under it. */
export function Logo() {
  return (
    <svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true">
      <path
        d="M2 18 12 4h12"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx="10" cy="13" r="2.2" fill="light-dark(#d55e00, #e69f00)" />
      <circle cx="18" cy="9" r="2.2" fill="light-dark(#009e73, #2fc29a)" />
    </svg>
  );
}
