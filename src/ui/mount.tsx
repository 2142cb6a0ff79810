import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import type { LabStore } from './store/store';
import { LabContext } from './use-lab';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/setup.css';
import './styles/findings.css';
import './styles/notices.css';
import './styles/table.css';
import './styles/drawer.css';
import './styles/machine.css';
import './styles/kernels.css';
import './styles/charts.css';
import './styles/print.css';

/** Puts the page over a store into the document, following the address bar. */
export function mount(store: LabStore, root: HTMLElement): void {
  const follow = () => store.getState().follow(location.hash);
  addEventListener('hashchange', follow);
  follow();
  void store.getState().start();
  createRoot(root).render(
    <StrictMode>
      <LabContext value={store}>
        <App />
      </LabContext>
    </StrictMode>,
  );
}
