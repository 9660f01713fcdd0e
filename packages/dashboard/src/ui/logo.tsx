import type { ReactElement } from 'react';

export function Logo({ size = 24 }: { readonly size?: number | undefined }): ReactElement {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width={size} height={size} className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g
        className="fill-none stroke-on-accent"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <circle cx="11.5" cy="16" r="4.6" />
        <path d="M16.1 16h9.4v4.2M21.3 16v3" />
      </g>
    </svg>
  );
}
