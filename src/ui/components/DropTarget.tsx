import { type DragEvent, type ReactNode, useState } from 'react';
import { useLab } from '../use-lab';

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** The whole page takes files: models to run, results to open. */
export function DropTarget({ children }: { children: ReactNode }) {
  const take = useLab((s) => s.take);
  const [depth, setDepth] = useState(0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the buttons are the first.
    <div
      onDragEnter={(event) => carriesFiles(event) && setDepth((d) => d + 1)}
      onDragLeave={(event) => carriesFiles(event) && setDepth((d) => Math.max(0, d - 1))}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDepth(0);
        void take([...event.dataTransfer.files]);
      }}
    >
      {children}
      {depth > 0 && (
        <div className="drop" aria-hidden="true">
          <p>
            <b>Drop to open</b>
            an .onnx model, with its weight files beside it, or a result.json
          </p>
        </div>
      )}
    </div>
  );
}
