import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A banner over a view: what is the case, and what to do about it. */
export function Notice({ tone, title, children, actions }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <div>
        <b>{title}</b>
        {children && <div className="notice-text">{children}</div>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
