import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod';
import { Dashboard } from './app/dashboard.tsx';

// Compiled parsers are made with `new Function`, which the content security policy forbids.
z.config({ jitless: true });

const place = document.getElementById('root');
if (place === null) throw new TypeError('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <Dashboard />
  </StrictMode>,
);
