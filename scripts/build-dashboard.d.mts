/** Builds the dashboard or leaves it. `output` holds what vite said where it failed. */
export function buildDashboard():
  | { readonly status: 'unchanged' | 'built' }
  | { readonly status: 'failed'; readonly output: string };
