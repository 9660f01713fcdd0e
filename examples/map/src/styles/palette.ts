/** The colours of one style. */
export interface Palette {
  readonly sea: string;
  /** One for each of the six colours that countries are numbered with. */
  readonly land: readonly [string, string, string, string, string, string];
  readonly border: string;
  readonly coast: string;
  readonly name: string;
  readonly halo: string;
  readonly oceanName: string;
  /** What is behind the globe, near its edge. */
  readonly sky: string;
  readonly horizon: string;
  /** How strongly the air glows around the globe, 0 to 1. */
  readonly air: number;
  /** Uploaded layers take these in turn. */
  readonly uploads: readonly [string, string, string, string];
}

export const lightPalette: Palette = {
  sea: '#aed2e6',
  land: ['#f7edd6', '#eaf1d3', '#f8e2d0', '#e3eee0', '#f4e0e7', '#ebe4f3'],
  border: '#a98d83',
  coast: '#6f9fbb',
  name: '#4a3f4f',
  halo: 'rgba(255, 252, 246, 0.9)',
  oceanName: '#3f7696',
  sky: '#cfe6f3',
  horizon: '#ffffff',
  air: 0.35,
  uploads: ['#c2410c', '#7c3aed', '#0f766e', '#be185d'],
};

export const darkPalette: Palette = {
  sea: '#10233d',
  land: ['#2c4061', '#2a475c', '#363f64', '#2b3d55', '#3b3b5e', '#304e5d'],
  border: '#5f79a3',
  coast: '#3f6491',
  name: '#dbe6f7',
  halo: 'rgba(11, 20, 36, 0.85)',
  oceanName: '#5d86b8',
  sky: '#0a1322',
  horizon: '#2d4a78',
  air: 0.75,
  uploads: ['#fbbf24', '#c4b5fd', '#5eead4', '#f9a8d4'],
};
