import { lazy, Suspense, useEffect } from 'react';
import { Banners } from './components/Banners';
import { DropTarget } from './components/DropTarget';
import { Header } from './components/Header';
import { Live } from './components/Live';
import { Nav, useCurrentView } from './components/Nav';
import { ToastLine } from './components/ToastLine';

const VIEWS = {
  batch: lazy(() => import('./views/BatchView')),
  fusion: lazy(() => import('./views/FusionView')),
  environment: lazy(() => import('./views/EnvironmentView')),
  history: lazy(() => import('./views/HistoryView')),
} as const;

const TITLES = {
  batch: 'Which batch size?',
  fusion: 'What does fusing gain?',
  environment: 'Environment',
  history: 'History',
} as const;

export function App() {
  const view = useCurrentView();
  const View = VIEWS[view];
  useEffect(() => {
    document.title = `${TITLES[view]} · Rooflab`;
  }, [view]);
  return (
    <DropTarget>
      <button type="button" className="skip" onClick={skip}>
        Skip to the content
      </button>
      <Header />
      <div className="frame">
        <Nav />
        <main className="main" id="main" tabIndex={-1}>
          <Banners />
          <Suspense fallback={<div className="view-waiting" />}>
            <View />
          </Suspense>
        </main>
      </div>
      <ToastLine />
      <Live />
    </DropTarget>
  );
}

/** Not a link: the address belongs to the views. */
function skip(): void {
  document.getElementById('main')?.focus();
}
