import { useEffect } from 'react';
import { useLab } from '../use-lab';

const SHOWN_MS = 6000;

/** A short word that something was done, with its undo where there is one. */
export function ToastLine() {
  const toast = useLab((s) => s.toast);
  const dismiss = useLab((s) => s.dismissToast);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, dismiss]);
  return (
    <div className="toast" role="status">
      {toast && (
        <p>
          {toast.message}
          {toast.undo && (
            <button
              type="button"
              className="btn quiet"
              onClick={() => {
                toast.undo?.();
                dismiss();
              }}
            >
              Undo
            </button>
          )}
        </p>
      )}
    </div>
  );
}
